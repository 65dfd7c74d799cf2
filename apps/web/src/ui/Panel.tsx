import { Box, Group, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './Panel.module.css'

interface PanelProps {
  title?: string
  /** At the right of the title. */
  aside?: ReactNode
  children: ReactNode
  /** Rows that reach the panel's edges. */
  isFlush?: boolean
}

/** A card: surface, hairline, no shadow. */
export function Panel({ title, aside, children, isFlush = false }: PanelProps) {
  const id = useId()
  return (
    <Box component="section" className={classes.panel} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <Group justify="space-between" className={classes.head} wrap="nowrap">
          <Title order={2} size="h3" id={id}>
            {title}
          </Title>
          {aside}
        </Group>
      )}
      <div className={isFlush ? undefined : classes.body} data-titled={title !== undefined || undefined}>
        {children}
      </div>
    </Box>
  )
}
