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
    const others = agreements.filter((other) => other !== name)
    form.setFieldValue('agreements', agrees ? [...others, name] : others)
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
      <AgreementModal
        text={opened}
        onClose={() => setOpened(undefined)}
        onAgree={(name) => {
          toggle(name, true)
          setOpened(undefined)
        }}
      />
    </Stack>
  )
}

interface AgreementModalProps {
  text: AgreementText | undefined
  onClose: () => void
  onAgree: (name: string) => void
}

function AgreementModal({ text, onClose, onAgree }: AgreementModalProps) {
  return (
    <Modal
      opened={text !== undefined}
      onClose={onClose}
      title={text?.title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {text !== undefined && (
        <Stack gap="sm">
          {text.paragraphs.map((paragraph) => (
            <Text key={paragraph}>{paragraph}</Text>
          ))}
          <Text size="sm" c="dimmed">
            Revision {text.revision}
          </Text>
          <Group justify="flex-end">
            <Button onClick={() => onAgree(text.name)}>Agree and close</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
