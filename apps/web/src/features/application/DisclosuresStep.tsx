import { Group, Radio, Stack, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useApplicationFormContext } from './application-form.ts'
import classes from './DisclosuresStep.module.css'
import { questions } from './words.ts'

export function DisclosuresStep() {
  const form = useApplicationFormContext()
  const context: Partial<Record<(typeof questions)[number]['field'], ReactNode>> = {
    isControlPerson: (
      <>
        <TextInput label="Which company" {...form.getInputProps('controlledCompany')} />
        <TextInput
          label="E-mail of its compliance team (optional)"
          {...form.getInputProps('controlledEmail')}
        />
      </>
    ),
    isAffiliated: (
      <>
        <TextInput label="Which exchange or firm" {...form.getInputProps('affiliateCompany')} />
        <TextInput
          label="E-mail of its compliance team (optional)"
          {...form.getInputProps('affiliateEmail')}
        />
      </>
    ),
    isFamilyExposed: (
      <Group grow align="flex-start">
        <TextInput label="Their first name" {...form.getInputProps('exposedGivenName')} />
        <TextInput label="Their last name" {...form.getInputProps('exposedFamilyName')} />
      </Group>
    ),
  }
  return (
    <Stack gap="xl">
      {questions.map(({ field, text, hint }) => (
        <div key={field}>
          <Radio.Group label={text} description={hint} {...form.getInputProps(field)}>
            <Group mt="xs" gap="lg">
              <Radio value="yes" label="Yes" />
              <Radio value="no" label="No" />
            </Group>
          </Radio.Group>
          {form.values[field] === 'yes' && context[field] !== undefined && (
            <Stack className={classes.context}>{context[field]}</Stack>
          )}
        </div>
      ))}
    </Stack>
  )
}
