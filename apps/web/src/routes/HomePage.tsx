import { Button } from '@mantine/core'
import type { Me } from '@paddock/platform-wire'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { accountQuery, positionsQuery } from '../api/account.ts'
import { banksQuery, fundingBank } from '../api/banks.ts'
import { ordersQuery } from '../api/orders.ts'
import { describeProblem } from '../api/problem-words.ts'
import { meQuery } from '../api/session.ts'
import { accountWord, isOpenOrder, isOpenTransfer, isReadyAccount } from '../api/state-words.ts'
import { transfersQuery } from '../api/transfers.ts'
import { CashPanel } from '../features/home/CashPanel.tsx'
import { Checklist } from '../features/home/Checklist.tsx'
import { EquityHeading } from '../features/home/EquityHeading.tsx'
import { OnTheWay } from '../features/home/OnTheWay.tsx'
import { PositionList } from '../features/home/PositionList.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Problem } from '../ui/Problem.tsx'
import { WaitingBlock, WaitingRows } from '../ui/Waiting.tsx'
import classes from './HomePage.module.css'

export function HomePage() {
  const { data: me } = useSuspenseQuery(meQuery)
  return (
    <>
      <PageHeading title="Home" isQuiet />
      <Overview me={me} />
    </>
  )
}

function Overview({ me }: { me: Me | null }) {
  const isReady = isReadyAccount(me?.account?.status)
  const account = useQuery({ ...accountQuery, enabled: isReady })
  const positions = useQuery({ ...positionsQuery, enabled: isReady })
  const transfers = useQuery({ ...transfersQuery, enabled: isReady })
  const orders = useQuery({ ...ordersQuery, enabled: isReady })
  const navigate = useNavigate()
  const steps = useChecklist(me)
  const isStarted = steps.every(({ isDone }) => isDone)
  const error = account.error ?? positions.error ?? transfers.error ?? orders.error
  const openTransfers = transfers.data?.filter(isOpenTransfer) ?? []
  const openOrders = orders.data?.filter(isOpenOrder) ?? []
  const balances = account.data?.balances
  return (
    <div className={classes.page} data-starting={!isReady || undefined}>
      <div className={classes.main}>
        {error && <Problem problem={describeProblem(error)} onRetry={() => account.refetch()} />}
        {isReady && account.isLoading && <WaitingBlock height={96} />}
        {balances && (
          <EquityHeading
            balances={balances}
            isDepositNext={isStarted}
            onDeposit={() => navigate({ to: '/transfer', search: { dir: 'deposit' } })}
            onWithdraw={() => navigate({ to: '/transfer', search: { dir: 'withdraw' } })}
          />
        )}
        {!isStarted && (transfers.data !== undefined) === isReady && <Checklist steps={steps} />}
        {isReady && (
          <Panel title="Positions" isFlush>
            {positions.isLoading && <WaitingRows rows={4} />}
            {positions.data?.length === 0 && (
              <EmptyState icon="chart" text="You hold nothing yet. What you buy appears here with its value.">
                <Button variant="default" onClick={() => navigate({ to: '/invest', search: {} })}>
                  Find something to invest in
                </Button>
              </EmptyState>
            )}
            {positions.data && positions.data.length > 0 && <PositionList positions={positions.data} />}
          </Panel>
        )}
      </div>
      {isReady && (
        <div className={classes.side}>
          {openTransfers.length + openOrders.length > 0 && (
            <OnTheWay transfers={openTransfers} orders={openOrders} />
          )}
          {account.isLoading && <WaitingBlock height={260} />}
          {balances && <CashPanel balances={balances} />}
        </div>
      )}
    </div>
  )
}

function useChecklist(me: Me | null) {
  const isReady = isReadyAccount(me?.account?.status)
  const { data: banks } = useQuery({ ...banksQuery, enabled: isReady })
  const { data: transfers } = useQuery({ ...transfersQuery, enabled: isReady })
  const { data: orders } = useQuery({ ...ordersQuery, enabled: isReady })
  const { data: positions } = useQuery({ ...positionsQuery, enabled: isReady })
  const navigate = useNavigate()
  const status = me?.account?.status
  return [
    {
      name: 'Open your account',
      note: status === undefined ? 'About five minutes' : accountWord(status).word,
      isDone: isReady,
      action:
        status === undefined
          ? { name: 'Open your account', go: () => navigate({ to: '/apply' }) }
          : { name: 'See where it stands', go: () => navigate({ to: '/apply/status' }) },
    },
    {
      name: 'Link a bank',
      note: 'So that money can move',
      isDone: (banks !== undefined && fundingBank(banks) !== undefined) || (transfers?.length ?? 0) > 0,
      action: { name: 'Link a bank', go: () => navigate({ to: '/banks/link', search: {} }) },
    },
    {
      name: 'Deposit',
      note: 'It is there on the next banking day',
      isDone:
        (transfers?.some(({ direction }) => direction === 'INCOMING') ?? false) ||
        (positions?.length ?? 0) > 0,
      action: {
        name: 'Make a deposit',
        go: () => navigate({ to: '/transfer', search: { dir: 'deposit' as const } }),
      },
    },
    {
      name: 'Place your first order',
      note: 'From one dollar',
      isDone: (orders?.length ?? 0) > 0 || (positions?.length ?? 0) > 0,
      action: { name: 'Invest', go: () => navigate({ to: '/invest', search: {} }) },
    },
  ]
}
