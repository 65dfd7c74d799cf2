import { Button, Group, Stack, Text } from '@mantine/core'
import type { Bank } from '@paddock/platform-wire'
import { relationshipWord } from '../../api/state-words.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateChip } from '../../ui/StateChip.tsx'
import { Timeline } from '../../ui/Timeline.tsx'

interface ConnectionProgressProps {
  bank: Bank
  onDeposit: () => void
}

/** From linked to connected: the broker asks the bank for the numbers and checks them. */
export function ConnectionProgress({ bank, onDeposit }: ConnectionProgressProps) {
  if (bank.funding === null) {
    return (
      <Notice tone="wheat" title={`${bank.institution_name} is linked, but not for moving money.`}>
        <Text size="sm">
          Its balances are shown under Banks. Link again and choose a checking or savings account.
        </Text>
      </Notice>
    )
  }
  const { status, account_mask: mask } = bank.funding
  const isConnected = status === 'APPROVED'
  return (
    <Panel>
      <Stack gap="lg">
        <Group justify="space-between" role="status">
          <Text fw={600}>
            {bank.institution_name} ••{mask}
          </Text>
          <StateChip {...relationshipWord(status)} />
        </Group>
        <Timeline
          steps={[
            { name: 'Linked', state: 'done' },
            { name: 'The broker checks the account with your bank', state: isConnected ? 'done' : 'current' },
            { name: 'Money can move', state: isConnected ? 'done' : 'ahead' },
          ]}
        />
        <Group>
          <Button disabled={!isConnected} onClick={onDeposit}>
            Deposit
          </Button>
          {!isConnected && (
            <Text size="sm" c="dimmed">
              Possible as soon as the check is over.
            </Text>
          )}
        </Group>
      </Stack>
    </Panel>
  )
}
