import { Button, Group, Stack, Text, Title } from '@mantine/core'
import type { Order } from '@paddock/platform-wire'
import { useEffect, useRef } from 'react'
import { orderWord } from '../../api/state-words.ts'
import { Facts } from '../../ui/Facts.tsx'
import { priceInWords, quantityInWords, usdInWords } from '../../ui/figures.ts'
import { TextLink } from '../../ui/links.tsx'
import { StateChip } from '../../ui/StateChip.tsx'
import { dateTimeInWords } from '../../ui/time.ts'

/** What became of the order, live. */
export function OrderResult({ order, onAgain }: { order: Order; onAgain: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const verb = order.side === 'buy' ? 'Buy' : 'Sell'
  const what =
    order.notional === null ? quantityInWords(order.qty ?? '0') : `${usdInWords(order.notional)} of`
  return (
    <Stack>
      <Title order={3} ref={heading} tabIndex={-1}>
        {verb} {what} {order.symbol}
      </Title>
      <div role="status">
        <StateChip {...orderWord(order.status)} />
      </div>
      {order.status === 'UNKNOWN' && (
        <Text size="sm">
          We don’t know yet if it went through. Checking with the broker; it is placed once at most.
        </Text>
      )}
      {order.reason !== null && <Text size="sm">{order.reason}</Text>}
      <Facts facts={factsOf(order)} />
      <Group justify="space-between">
        <Button variant="default" onClick={onAgain}>
          New order
        </Button>
        <TextLink to="/orders" size="sm">
          All orders
        </TextLink>
      </Group>
    </Stack>
  )
}

function factsOf(order: Order) {
  const facts = [{ name: 'Received', value: dateTimeInWords(order.submitted_at) }]
  if (order.filled_avg_price === null) return facts
  return [
    {
      name: order.side === 'buy' ? 'Bought' : 'Sold',
      value: `${quantityInWords(order.filled_qty)} ${order.symbol}`,
    },
    { name: 'Average price', value: priceInWords(order.filled_avg_price) },
    ...(order.filled_at === null ? facts : [{ name: 'Completed', value: dateTimeInWords(order.filled_at) }]),
  ]
}
