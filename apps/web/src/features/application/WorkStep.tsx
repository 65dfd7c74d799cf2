import { Checkbox, Group, Radio, Stack, TextInput } from '@mantine/core'
import { useApplicationFormContext } from './application-form.ts'
import { employmentWords, fundingWords } from './words.ts'

export function WorkStep() {
  const form = useApplicationFormContext()
  return (
    <Stack gap="lg">
      <Radio.Group label="Employment" {...form.getInputProps('employmentStatus')}>
        <Group mt="xs" gap="lg">
          {employmentWords.map(({ value, label }) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Group>
      </Radio.Group>
      {form.values.employmentStatus === 'EMPLOYED' && (
        <Stack>
          <TextInput
            label="Employer (optional)"
            autoComplete="organization"
            {...form.getInputProps('employerName')}
          />
          <TextInput
            label="Position (optional)"
            autoComplete="organization-title"
            {...form.getInputProps('employmentPosition')}
          />
        </Stack>
      )}
      <Checkbox.Group
        label="Where the money comes from that you will deposit"
        description="Choose all that apply."
        {...form.getInputProps('fundingSources')}
      >
        <Stack mt="xs" gap="sm">
          {fundingWords.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Stack>
  )
}
