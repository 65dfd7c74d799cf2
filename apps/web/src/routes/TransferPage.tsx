import { Container, Group } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { describeProblem } from '../api/problem-words.ts'
import { configQuery } from '../api/session.ts'
import { isOpenTransfer } from '../api/state-words.ts'
import { transfersQuery } from '../api/transfers.ts'
import { TransferDetail } from '../features/funding/TransferDetail.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { TextLink } from '../ui/links.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Problem } from '../ui/Problem.tsx'
import { WaitingRows } from '../ui/Waiting.tsx'

export function TransferPage() {
  const { transferId } = useParams({ from: '/customer/transfers/$transferId' })
  const { next } = useSearch({ from: '/customer/transfers/$transferId' })
  const { data: config } = useSuspenseQuery(configQuery)
  const transfers = useQuery({
    ...transfersQuery,
    // The stream tells of a change; asking now and then covers the time while it is down.
    refetchInterval: (query) =>
      query.state.data?.some((transfer) => transfer.id === transferId && isOpenTransfer(transfer))
        ? 5_000
        : false,
  })
  const transfer = transfers.data?.find(({ id }) => id === transferId)
  return (
    <Container size={480} px={0}>
      <PageHeading title={transfer?.direction === 'OUTGOING' ? 'Withdrawal' : 'Deposit'} />
      {transfers.error && (
        <Problem problem={describeProblem(transfers.error)} onRetry={() => transfers.refetch()} />
      )}
      {transfers.isLoading && <WaitingRows rows={3} height={80} />}
      {transfer && <TransferDetail transfer={transfer} simUrl={config.sandbox ? config.sim_url : null} />}
      {transfers.data && transfer === undefined && (
        <EmptyState icon="search" text="There is no transfer with this id in your account." />
      )}
      <Group mt="lg" gap="lg">
        {next !== undefined && (
          <TextLink to={next} size="sm">
            Go back to where you were
          </TextLink>
        )}
        <TextLink to="/transfers" size="sm">
          All transfers
        </TextLink>
      </Group>
    </Container>
  )
}
