import { Button, Group } from '@mantine/core'

interface ToggleProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; name: string }[]
  onChange: (value: Value) => void
}

/** Two buttons of which one is pressed. */
export function Toggle<Value extends string>({ label, value, options, onChange }: ToggleProps<Value>) {
  return (
    <Group role="group" aria-label={label} gap="xs" grow>
      {options.map((option) => (
        <Button
          key={option.value}
          aria-pressed={option.value === value}
          variant={option.value === value ? 'light' : 'default'}
          onClick={() => onChange(option.value)}
        >
          {option.name}
        </Button>
      ))}
    </Group>
  )
}
