import { Button, Container, Group } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { describeProblem } from '../api/problem-words.ts'
import { meQuery } from '../api/session.ts'
import { transfersQuery } from '../api/transfers.ts'
import { TransferList } from '../features/funding/TransferList.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Problem } from '../ui/Problem.tsx'
import { WaitingRows } from '../ui/Waiting.tsx'

export function TransfersPage() {
  const { data: me } = useSuspenseQuery(meQuery)
  const transfers = useQuery({ ...transfersQuery, enabled: me?.account != null })
  const navigate = useNavigate()
  const isEmpty = me?.account == null || transfers.data?.length === 0
  const go = (dir: 'deposit' | 'withdraw') => navigate({ to: '/transfer', search: { dir } })
  return (
    <Container size={720} px={0}>
      <PageHeading title="Transfers" note="Deposits from your bank and withdrawals to it.">
        {!isEmpty && (
          <Group gap="xs">
            <Button onClick={() => go('deposit')}>Deposit</Button>
            <Button variant="default" onClick={() => go('withdraw')}>
              Withdraw
            </Button>
          </Group>
        )}
      </PageHeading>
      {transfers.error && (
        <Problem problem={describeProblem(transfers.error)} onRetry={() => transfers.refetch()} />
      )}
      {transfers.isLoading && <WaitingRows rows={4} height={56} />}
      {isEmpty && (
        <Panel>
          <EmptyState
            icon="move"
            text="Nothing has moved yet. Your first deposit appears here with its dates."
          >
            <Button onClick={() => go('deposit')}>Deposit</Button>
          </EmptyState>
        </Panel>
      )}
      {!isEmpty && transfers.data && (
        <Panel isFlush>
          <TransferList transfers={transfers.data} />
        </Panel>
      )}
    </Container>
  )
}
