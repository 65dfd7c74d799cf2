import { parseQuantity } from '@paddock/money'
import type { Market } from '../market/market.ts'
import { type FillMode, latestRules } from '../market/symbol-rules.ts'
import type { Order } from '../orders/order.ts'

/** How one order is treated: as its symbol is, or as the beginning of its client order id says. */
export type Instruction = FillMode | { readonly kind: 'slip'; readonly basisPoints: bigint }

const MAGIC = /^sim-(?:(reject|never-fill)|partial-(\d{1,9}(?:\.\d{1,9})?)|slip-(\d{1,3}))(?:-|$)/

/** docs/magic-values.md. What an order says of itself counts more than what is set for its symbol. */
export function instructionOf(
  market: Market,
  { asset, clientOrderId }: Pick<Order, 'asset' | 'clientOrderId'>,
): Instruction {
  return magicOf(clientOrderId) ?? latestRules(market, asset.symbol).fillMode
}

export function magicOf(clientOrderId: string): Instruction | undefined {
  const [, word, partial, slip] = MAGIC.exec(clientOrderId) ?? []
  if (word === 'reject') return { kind: 'reject' }
  if (word === 'never-fill') return { kind: 'never' }
  if (slip !== undefined) return { kind: 'slip', basisPoints: BigInt(slip) }
  const quantityNano = partial === undefined ? undefined : parseQuantity(partial)
  return quantityNano === undefined ? undefined : { kind: 'partial', quantityNano }
}
