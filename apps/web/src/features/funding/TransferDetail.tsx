import { Button, Group, Stack, Text } from '@mantine/core'
import type { Transfer } from '@paddock/platform-wire'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { describeProblem } from '../../api/problem-words.ts'
import { settleNow } from '../../api/simulation.ts'
import { isOpenTransfer, transferWord } from '../../api/state-words.ts'
import { cancelTransfer } from '../../api/transfers.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Flow } from '../../ui/Money.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { StateChip } from '../../ui/StateChip.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { dateTimeInWords } from '../../ui/time.ts'
import classes from './TransferDetail.module.css'
import { transferSteps } from './transfer-steps.ts'

interface TransferDetailProps {
  transfer: Transfer
  /** Base URL of the simulation, when there is one. */
  simUrl: string | null
}

/** One transfer: its amount, its way so far and to come, and what can still be done about it. */
export function TransferDetail({ transfer, simUrl }: TransferDetailProps) {
  const isDeposit = transfer.direction === 'INCOMING'
  return (
    <Stack>
      <Panel>
        <Group justify="space-between" align="flex-start" mb="lg">
          <div>
            <Text size="sm" c="dimmed">
              {isDeposit ? 'Deposit' : 'Withdrawal'}
            </Text>
            <Text size="xl" fw={620} className={classes.amount}>
              <Flow amount={transfer.amount} direction={isDeposit ? 'in' : 'out'} />
            </Text>
          </div>
          <span role="status">
            <StateChip {...transferWord(transfer.status)} />
          </span>
        </Group>
        <Timeline steps={transferSteps(transfer)} />
      </Panel>
      {transfer.status === 'UNKNOWN' && (
        <Notice tone="wheat" title="We don’t know yet if it went through.">
          <Text size="sm">
            Checking with the broker. The money moves once at most; this page changes by itself.
          </Text>
        </Notice>
      )}
      <TransferActions transfer={transfer} simUrl={simUrl} />
      <Panel title="Details">
        <Facts
          facts={[
            { name: 'Requested', value: dateTimeInWords(transfer.requested_at) },
            { name: 'Last change', value: dateTimeInWords(transfer.updated_at) },
            ...(transfer.reason === null ? [] : [{ name: 'Reason', value: transfer.reason }]),
            {
              name: 'Transfer id',
              value: (
                <Group gap={6} justify="flex-end" title={transfer.id}>
                  <span className={classes.id}>{transfer.id.slice(0, 8)}</span>
                  <CopyButton text={transfer.id} label="Copy transfer id" />
                </Group>
              ),
            },
          ]}
        />
      </Panel>
    </Stack>
  )
}

function TransferActions({ transfer, simUrl }: TransferDetailProps) {
  const queryClient = useQueryClient()
  const refresh = () => {
    queryClient.invalidateQueries({ queryKey: ['transfers'] })
    queryClient.invalidateQueries({ queryKey: ['account'] })
  }
  const settle = useMutation({
    mutationFn: (at: { simUrl: string; brokerTransferId: string }) =>
      settleNow(at.simUrl, at.brokerTransferId),
    onSettled: refresh,
  })
  const cancel = useMutation({ mutationFn: () => cancelTransfer(transfer.id), onSettled: refresh })
  const brokerTransferId = transfer.broker_transfer_id
  const canSettle = simUrl !== null && brokerTransferId !== null && isOpenTransfer(transfer)
  if (!canSettle && !transfer.can_cancel && settle.error === null && cancel.error === null) return null
  return (
    <Stack>
      <Group>
        {canSettle && (
          <Button loading={settle.isPending} onClick={() => settle.mutate({ simUrl, brokerTransferId })}>
            Settle now
          </Button>
        )}
        {transfer.can_cancel && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel transfer
          </Button>
        )}
      </Group>
      {canSettle && (
        <Text size="sm" c="dimmed">
          Settle now belongs to the simulation: it skips the wait for the bank.
        </Text>
      )}
      {settle.error && <Problem problem={describeProblem(settle.error)} />}
      {cancel.error && <Problem problem={describeProblem(cancel.error)} />}
    </Stack>
  )
}
