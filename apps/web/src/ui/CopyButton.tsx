import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'

/** Copies a text and says so for two seconds. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const clipboard = useClipboard({ timeout: 2000 })
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      flex="none"
      aria-label={label}
      onClick={() => clipboard.copy(text)}
    >
      {clipboard.copied ? 'Copied' : 'Copy'}
    </Button>
  )
}
