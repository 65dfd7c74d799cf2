import { Button, Container, Stack, Tabs } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ordersQuery } from '../api/orders.ts'
import { describeProblem } from '../api/problem-words.ts'
import { meQuery } from '../api/session.ts'
import { isOpenOrder } from '../api/state-words.ts'
import { OrderList } from '../features/trading/OrderList.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Problem } from '../ui/Problem.tsx'
import { WaitingRows } from '../ui/Waiting.tsx'

export function OrdersPage() {
  const { tab: chosen } = useSearch({ from: '/customer/orders' })
  const { data: me } = useSuspenseQuery(meQuery)
  const orders = useQuery({ ...ordersQuery, enabled: me?.account != null })
  const navigate = useNavigate()
  const all = orders.data ?? []
  const open = all.filter(isOpenOrder)
  const done = all.filter((order) => !isOpenOrder(order))
  const tab = chosen ?? (open.length > 0 ? 'open' : 'done')
  const shown = tab === 'open' ? open : done
  return (
    <Container size={720} px={0}>
      <PageHeading title="Orders" />
      <Stack>
        {orders.error && <Problem problem={describeProblem(orders.error)} onRetry={() => orders.refetch()} />}
        {orders.isLoading && <WaitingRows rows={4} height={56} />}
        {!orders.isLoading && (
          <Tabs
            value={tab}
            onChange={(value) =>
              navigate({ to: '/orders', search: { tab: value === 'open' ? 'open' : 'done' }, replace: true })
            }
          >
            <Tabs.List mb="md">
              <Tabs.Tab value="open">Open ({open.length})</Tabs.Tab>
              <Tabs.Tab value="done">Done ({done.length})</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value={tab}>
              <Panel isFlush>
                {shown.length > 0 ? (
                  <OrderList orders={shown} />
                ) : (
                  <EmptyState
                    icon="list"
                    text={tab === 'open' ? 'No order is waiting.' : 'You have not ordered anything yet.'}
                  >
                    <Button variant="default" onClick={() => navigate({ to: '/invest', search: {} })}>
                      Find something to invest in
                    </Button>
                  </EmptyState>
                )}
              </Panel>
            </Tabs.Panel>
          </Tabs>
        )}
      </Stack>
    </Container>
  )
}
