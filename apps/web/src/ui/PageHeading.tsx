import { Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

interface PageHeadingProps {
  title: string
  /** One sentence under the title. */
  note?: ReactNode
  /** Buttons at the right. */
  children?: ReactNode
  /** Smaller, where another thing is the largest on the page. */
  isQuiet?: boolean
  /** Between the two: the name of a thing whose figure is larger. */
  isName?: boolean
}

let pagesSeen = 0

/** The page's one h1. It takes the focus when a new page opens, so that a screen reader starts there. */
export function PageHeading({ title, note, children, isQuiet = false, isName = false }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    pagesSeen += 1
    if (pagesSeen > 1) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <Group justify="space-between" align="flex-end" gap="md" mb="lg">
      <title>{`${title} · Paddock`}</title>
      <Stack gap={4}>
        <Title
          order={1}
          ref={heading}
          tabIndex={-1}
          {...(isQuiet ? { size: 'h3', c: 'dimmed' } : isName ? { size: 'h2' } : {})}
        >
          {title}
        </Title>
        {note !== undefined && (
          <Text c="dimmed" size="sm">
            {note}
          </Text>
        )}
      </Stack>
      {children}
    </Group>
  )
}
