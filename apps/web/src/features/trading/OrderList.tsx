import { Button, Text } from '@mantine/core'
import type { Order } from '@paddock/platform-wire'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { symbolInPath } from '../../api/market.ts'
import { cancelOrder } from '../../api/orders.ts'
import { describeProblem } from '../../api/problem-words.ts'
import { orderWord } from '../../api/state-words.ts'
import { priceInWords, quantityInWords, usdInWords } from '../../ui/figures.ts'
import { TextLink } from '../../ui/links.tsx'
import { Problem } from '../../ui/Problem.tsx'
import { StateChip } from '../../ui/StateChip.tsx'
import { dateTimeInWords } from '../../ui/time.ts'
import classes from './OrderList.module.css'

/** Orders, newest first; those that still can be are cancelled here. */
export function OrderList({ orders }: { orders: readonly Order[] }) {
  const queryClient = useQueryClient()
  const cancel = useMutation({
    mutationFn: cancelOrder,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['orders'] }),
  })
  return (
    <>
      {cancel.error && <Problem problem={describeProblem(cancel.error)} />}
      <ul className={classes.list}>
        {orders.map((order) => (
          <li key={order.id} className={classes.row}>
            <Text fw={500} className={classes.title}>
              {order.side === 'buy' ? 'Buy' : 'Sell'}{' '}
              <TextLink to="/invest/$symbol" params={{ symbol: symbolInPath(order.symbol) }}>
                {order.symbol}
              </TextLink>
            </Text>
            <Text size="sm" c="dimmed" className={classes.when}>
              {dateTimeInWords(order.submitted_at)}
            </Text>
            <Text fw={500} className={classes.asked}>
              {asked(order)}
            </Text>
            <Text size="sm" c="dimmed" className={classes.got}>
              {got(order)}
            </Text>
            <div className={classes.state}>
              <StateChip {...orderWord(order.status)} />
              {order.can_cancel && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={`Cancel order for ${order.symbol}`}
                  loading={cancel.isPending && cancel.variables === order.id}
                  onClick={() => cancel.mutate(order.id)}
                >
                  Cancel
                </Button>
              )}
            </div>
            {order.reason !== null && (
              <Text size="sm" className={classes.reason}>
                {order.reason}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

const asked = (order: Order) =>
  order.notional === null ? quantityInWords(order.qty ?? order.filled_qty) : usdInWords(order.notional)

function got(order: Order): string {
  if (order.filled_avg_price === null) return 'At the market price'
  return `${quantityInWords(order.filled_qty)} at ${priceInWords(order.filled_avg_price)}`
}
