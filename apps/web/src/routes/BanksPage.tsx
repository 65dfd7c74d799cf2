import { Button, Container, Stack } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { banksQuery, fundingBank } from '../api/banks.ts'
import { describeProblem } from '../api/problem-words.ts'
import { meQuery } from '../api/session.ts'
import { isReadyAccount } from '../api/state-words.ts'
import { BankPanel } from '../features/banking/BankPanel.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Problem } from '../ui/Problem.tsx'
import { WaitingBlock } from '../ui/Waiting.tsx'
import { NotReadyNotice } from './NotReadyNotice.tsx'

export function BanksPage() {
  const { data: me } = useSuspenseQuery(meQuery)
  const isReady = isReadyAccount(me?.account?.status)
  const banks = useQuery({ ...banksQuery, enabled: me?.account != null })
  const navigate = useNavigate()
  const link = () => navigate({ to: '/banks/link', search: {} })
  return (
    <Container size={720} px={0}>
      <PageHeading
        title="Banks"
        note="The accounts that you linked, and the one that money moves from and to."
      >
        {isReady && banks.data && banks.data.length > 0 && fundingBank(banks.data) === undefined && (
          <Button variant="default" onClick={link}>
            Link a bank
          </Button>
        )}
      </PageHeading>
      <Stack>
        <NotReadyNotice account={me?.account ?? null} />
        {banks.error && <Problem problem={describeProblem(banks.error)} onRetry={() => banks.refetch()} />}
        {banks.isLoading && <WaitingBlock height={180} />}
        {isReady && banks.data?.length === 0 && (
          <Panel>
            <EmptyState icon="bank" text="No bank is linked yet. Link one to deposit and withdraw.">
              <Button onClick={link}>Link a bank</Button>
            </EmptyState>
          </Panel>
        )}
        {banks.data?.map((bank) => (
          <BankPanel key={bank.id} bank={bank} />
        ))}
      </Stack>
    </Container>
  )
}
