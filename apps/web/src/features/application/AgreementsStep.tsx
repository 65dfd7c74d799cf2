import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import classes from './AgreementsStep.module.css'
import { type AgreementText, agreementTexts } from './agreement-texts.ts'
import { useApplicationFormContext } from './application-form.ts'

/** Each agreement can be opened and read beside its own checkbox. */
export function AgreementsStep() {
  const form = useApplicationFormContext()
  const [opened, setOpened] = useState<AgreementText | undefined>()
  const { agreements } = form.values
  const toggle = (name: string, agrees: boolean) => {
    form.setFieldValue(
      'agreements',
      agrees ? [...agreements, name] : agreements.filter((other) => other !== name),
    )
    form.clearFieldError('agreements')
  }
  return (
    <Stack>
      <Text c="dimmed">
        When you submit, the time, your address on the network and these revisions are stored.
      </Text>
      <ul className={classes.list}>
        {agreementTexts.map((text) => (
          <li key={text.name} className={classes.row}>
            <Checkbox
              checked={agreements.includes(text.name)}
              onChange={(event) => toggle(text.name, event.currentTarget.checked)}
              label={`I agree to the ${text.title.toLowerCase()}`}
              description={
                text.isRequired ? `Revision ${text.revision}` : `Revision ${text.revision}, optional`
              }
            />
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={`Read the ${text.title.toLowerCase()}`}
              onClick={() => setOpened(text)}
            >
              Read
            </Button>
          </li>
        ))}
      </ul>
      {form.errors.agreements !== undefined && (
        <Text c="ember" size="sm" role="alert">
          {form.errors.agreements}
        </Text>
      )}
      <Modal
        opened={opened !== undefined}
        onClose={() => setOpened(undefined)}
        title={opened?.title}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack gap="sm">
          {opened?.paragraphs.map((paragraph) => (
            <Text key={paragraph}>{paragraph}</Text>
          ))}
          <Text size="sm" c="dimmed">
            Revision {opened?.revision}
          </Text>
          <Group justify="flex-end">
            <Button
              onClick={() => {
                if (opened && !agreements.includes(opened.name)) toggle(opened.name, true)
                setOpened(undefined)
              }}
            >
              Agree and close
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  )
}
