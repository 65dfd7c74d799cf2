import type { Account, AssetDetail, Order, Position } from '@paddock/platform-wire'
import { useState } from 'react'
import { OrderResult } from './OrderResult.tsx'
import { type TicketDraft, TicketForm } from './TicketForm.tsx'
import { type ReviewedOrder, TicketReview } from './TicketReview.tsx'

export interface OrderTicketProps {
  asset: AssetDetail
  balances: Account['balances'] | undefined
  position: Position | undefined
  orders: readonly Order[]
  side: 'buy' | 'sell'
  onSide: (side: 'buy' | 'sell') => void
  /** Where the missing money can be deposited; the page comes back here afterwards. */
  onDeposit: (amount: string) => void
}

/** Form → review → result. Each review makes one order id; only a final no makes another. */
export function OrderTicket(props: OrderTicketProps) {
  const [draft, setDraft] = useState<TicketDraft>({
    unit: props.asset.fractionable ? 'dollars' : 'shares',
    typed: '',
  })
  const [reviewed, setReviewed] = useState<ReviewedOrder | undefined>()
  const [placed, setPlaced] = useState<Order | undefined>()
  if (placed !== undefined) {
    const current = props.orders.find(({ id }) => id === placed.id) ?? placed
    return (
      <OrderResult
        order={current}
        onAgain={() => {
          setPlaced(undefined)
          setReviewed(undefined)
          setDraft({ ...draft, typed: '' })
        }}
      />
    )
  }
  if (reviewed !== undefined) {
    return (
      <TicketReview
        reviewed={reviewed}
        asset={props.asset}
        balances={props.balances}
        onEdit={() => setReviewed(undefined)}
        onPlaced={setPlaced}
        onDeposit={props.onDeposit}
      />
    )
  }
  return <TicketForm {...props} draft={draft} onDraft={setDraft} onReview={setReviewed} />
}
