import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { formatQuantity, formatUsd, parsePrice, type QuantityNano, type UsdMinor } from '@paddock/money'
import type { Account, AssetDetail, Order, OrderRequest } from '@paddock/platform-wire'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { isApiError } from '../../api/api-error.ts'
import { ordersQuery, placeOrder } from '../../api/orders.ts'
import { describeProblem } from '../../api/problem-words.ts'
import { priceInWords, quantityInWords, usdInWords } from '../../ui/figures.ts'
import { Notice } from '../../ui/Notice.tsx'
import { Problem } from '../../ui/Problem.tsx'
import type { Side, Unit } from './estimate.ts'

export interface ReviewedOrder {
  side: Side
  unit: Unit
  amountMinor: UsdMinor
  quantityNano: QuantityNano
  /** The price that the estimate was made with. */
  price: string
}

interface TicketReviewProps {
  reviewed: ReviewedOrder
  asset: AssetDetail
  balances: Account['balances'] | undefined
  onEdit: () => void
  onPlaced: (order: Order) => void
  onDeposit: (amount: string) => void
}

/** The order in one sentence, and the button that repeats it. */
export function TicketReview({ reviewed, asset, balances, onEdit, onPlaced, onDeposit }: TicketReviewProps) {
  const place = usePlaceOrder(reviewed, asset, onPlaced)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const isUnknown = isApiError(place.error) && !place.error.isFinal
  const isShort = isApiError(place.error, 'insufficient_buying_power')
  return (
    <Stack>
      <Title order={3} ref={heading} tabIndex={-1}>
        Review your order
      </Title>
      <Text>{sentence(reviewed, asset)}</Text>
      <Text size="sm" c="dimmed">
        {reviewed.side === 'buy'
          ? 'Until it is through, a little more than the estimate is set aside, because the price can move; what is left over is free again at once.'
          : 'The price can move before it is through, so the amount is an estimate.'}
      </Text>
      {hasMoved(reviewed.price, asset.quote.price) && (
        <Notice tone="wheat" title={`The price has moved to ${priceInWords(asset.quote.price)}.`}>
          <Text size="sm">Go back to see the new estimate, or place the order as it is.</Text>
        </Notice>
      )}
      {isUnknown && (
        <Notice tone="wheat" title="We don’t know yet if it went through." isAlert>
          <Text size="sm">
            The answer did not arrive. Ask again: it is the same order, so it is placed once at most.
          </Text>
        </Notice>
      )}
      {place.error && !isUnknown && (
        <Problem problem={describeProblem(place.error)}>
          {isShort && (
            <Group>
              <Button size="compact-sm" onClick={() => onDeposit(formatUsd(reviewed.amountMinor))}>
                Deposit
              </Button>
              {balances && <Text size="sm">Your buying power is {usdInWords(balances.buying_power)}.</Text>}
            </Group>
          )}
        </Problem>
      )}
      <Group grow preventGrowOverflow={false}>
        <Button variant="default" onClick={onEdit} disabled={place.isPending || isUnknown}>
          Edit
        </Button>
        <Button loading={place.isPending} onClick={() => place.mutate()}>
          {isUnknown ? 'Ask again' : buttonWords(reviewed, asset.symbol)}
        </Button>
      </Group>
      {place.isPending && (
        <Text size="sm" c="dimmed" ta="center" role="status">
          Placing order…
        </Text>
      )}
    </Stack>
  )
}

function buttonWords({ side, unit, amountMinor, quantityNano }: ReviewedOrder, symbol: string): string {
  const verb = side === 'buy' ? 'Buy' : 'Sell'
  if (unit === 'dollars') return `${verb} ${usdInWords(amountMinor)} of ${symbol}`
  return `${verb} ${quantityInWords(quantityNano)} ${symbol} for about ${usdInWords(amountMinor)}`
}

function sentence({ side, unit, amountMinor, quantityNano }: ReviewedOrder, asset: AssetDetail): string {
  const verb = side === 'buy' ? 'buy' : 'sell'
  const noun =
    asset.asset_class === 'crypto' ? asset.symbol : quantityNano === 1_000_000_000n ? 'share' : 'shares'
  const lasts = asset.asset_class === 'crypto' ? 'Good until cancelled.' : 'Good for today.'
  const order =
    unit === 'dollars'
      ? `You ${verb} ${usdInWords(amountMinor)} of ${asset.symbol} at the market price, about ${quantityInWords(quantityNano)} ${noun}.`
      : `You ${verb} ${quantityInWords(quantityNano)} ${asset.symbol} at the market price, for about ${usdInWords(amountMinor)}.`
  return `${order} Commission $0.00. ${lasts}`
}

/** More than one percent since the estimate is worth another look. */
function hasMoved(before: string, now: string): boolean {
  const was = parsePrice(before) ?? 0n
  const is = parsePrice(now) ?? 0n
  const difference = was > is ? was - is : is - was
  return difference * 100n > was
}

function toRequest(
  { side, unit, amountMinor, quantityNano }: ReviewedOrder,
  asset: AssetDetail,
): OrderRequest {
  return {
    symbol: asset.symbol,
    side,
    type: 'market',
    time_in_force: asset.asset_class === 'crypto' ? 'gtc' : 'day',
    ...(unit === 'dollars' ? { notional: formatUsd(amountMinor) } : { qty: formatQuantity(quantityNano) }),
  }
}

function usePlaceOrder(reviewed: ReviewedOrder, asset: AssetDetail, onPlaced: (order: Order) => void) {
  // One id until there is a final answer: pressing the button again is a retry, not a second order.
  const [orderId, setOrderId] = useState(() => crypto.randomUUID())
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => placeOrder(orderId, toRequest(reviewed, asset)),
    onSuccess(order) {
      for (const queryKey of [ordersQuery.queryKey, ['account'], ['positions']]) {
        queryClient.invalidateQueries({ queryKey })
      }
      onPlaced(order)
    },
    onError(error) {
      if (isApiError(error) && error.isFinal) setOrderId(crypto.randomUUID())
    },
  })
}
