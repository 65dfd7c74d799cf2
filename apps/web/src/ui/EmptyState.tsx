import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'
import { Icon, type IconName } from './Icon.tsx'

/** Never a blank list: one sentence and one action. */
export function EmptyState({ icon, text, children }: { icon: IconName; text: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap="sm" py="xl" px="md">
      <span className={classes.icon}>
        <Icon name={icon} size={22} />
      </span>
      <Text c="dimmed" ta="center" maw={360}>
        {text}
      </Text>
      {children}
    </Stack>
  )
}
