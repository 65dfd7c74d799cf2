import { Button, Group, Stack, Text } from '@mantine/core'
import { formatUsd } from '@paddock/money'
import type { Bank, Transfer, TransferTerms } from '@paddock/platform-wire'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isApiError } from '../../api/api-error.ts'
import { describeProblem } from '../../api/problem-words.ts'
import { requestTransfer, transfersQuery } from '../../api/transfers.ts'
import { usdInWords } from '../../ui/figures.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Problem } from '../../ui/Problem.tsx'
import type { MoveRequest } from './MoveMoneyForm.tsx'
import { TermsFacts } from './TermsFacts.tsx'

interface TransferReviewProps {
  request: MoveRequest
  bank: Bank & { funding: NonNullable<Bank['funding']> }
  terms: TransferTerms
  onEdit: () => void
  onRequested: (transfer: Transfer) => void
}

/** The sentence, the dates, and the button that repeats the amount. Nothing asks again after it. */
export function TransferReview({ request, bank, terms, onEdit, onRequested }: TransferReviewProps) {
  const move = useMoveMoney(request, bank.funding.relationship_id, onRequested)
  const amount = usdInWords(request.amountMinor)
  const account = `${bank.institution_name} ••${bank.funding.account_mask}`
  const isDeposit = request.direction === 'deposit'
  const isUnknown = isApiError(move.error) && !move.error.isFinal
  return (
    <Stack>
      <Panel title={isDeposit ? 'Review your deposit' : 'Review your withdrawal'}>
        <Text mb="sm">
          {isDeposit
            ? `You take ${amount} from ${account} and put it into your Paddock account.`
            : `You take ${amount} from your Paddock account and send it to ${account}.`}
        </Text>
        <TermsFacts direction={request.direction} terms={terms} />
      </Panel>
      {isUnknown && (
        <Notice tone="wheat" title="We don’t know yet if it went through." isAlert>
          <Text size="sm">
            The answer did not arrive. Ask again: it is the same request, so the money moves once at most.
          </Text>
        </Notice>
      )}
      {move.error && !isUnknown && <Problem problem={describeProblem(move.error)} />}
      <Group grow>
        <Button variant="default" onClick={onEdit} disabled={move.isPending || isUnknown}>
          Edit
        </Button>
        <Button loading={move.isPending} onClick={() => move.mutate()}>
          {isUnknown ? 'Ask again' : `${isDeposit ? 'Deposit' : 'Withdraw'} ${amount}`}
        </Button>
      </Group>
      {move.isPending && (
        <Text size="sm" c="dimmed" ta="center" role="status">
          Submitting…
        </Text>
      )}
    </Stack>
  )
}

function useMoveMoney(
  request: MoveRequest,
  relationshipId: string,
  onRequested: (transfer: Transfer) => void,
) {
  // One id until there is a final answer: pressing the button again is a retry, not a second transfer.
  const [transferId, setTransferId] = useState(() => crypto.randomUUID())
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () =>
      requestTransfer(transferId, {
        relationship_id: relationshipId,
        direction: request.direction === 'deposit' ? 'INCOMING' : 'OUTGOING',
        amount: formatUsd(request.amountMinor),
      }),
    onSuccess(transfer) {
      queryClient.setQueryData(transfersQuery.queryKey, (known) => [
        transfer,
        ...(known ?? []).filter(({ id }) => id !== transfer.id),
      ])
      queryClient.invalidateQueries({ queryKey: ['transfers'] })
      queryClient.invalidateQueries({ queryKey: ['account'] })
      onRequested(transfer)
    },
    onError(error) {
      if (isApiError(error) && error.isFinal) setTransferId(crypto.randomUUID())
    },
  })
}
