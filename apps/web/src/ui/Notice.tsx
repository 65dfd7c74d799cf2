import { Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import classes from './Notice.module.css'

interface NoticeProps {
  tone: 'sky' | 'wheat' | 'ember' | 'pasture'
  title: string
  children?: ReactNode
  /** Read out at once when it appears: only for answers to what the person just did. */
  isAlert?: boolean
}

const icons: Record<NoticeProps['tone'], IconName> = {
  sky: 'info',
  wheat: 'alert',
  ember: 'alert',
  pasture: 'check',
}

/** Something to know on this page, said in a box with an icon. */
export function Notice({ tone, title, children, isAlert = false }: NoticeProps) {
  return (
    <div className={classes.notice} data-tone={tone} role={isAlert ? 'alert' : undefined}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <span className={classes.icon}>
          <Icon name={icons[tone]} />
        </span>
        <Stack gap={6} flex={1}>
          <Text fw={600} size="sm">
            {title}
          </Text>
          {children}
        </Stack>
      </Group>
    </div>
  )
}
