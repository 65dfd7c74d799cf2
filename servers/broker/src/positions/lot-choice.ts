import { isOpen, type Order } from '../orders/order.ts'
import { type LotChoice, OLDEST_FIRST } from './lot.ts'
import type { LotNeed } from './lot-store.ts'

const LOTS_NAMED = /^lots=(?<names>.+)$/
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What the `instructions` of an order say of lots: undefined when they do, but nobody can tell what. */
export function readLotChoice(instructions: string | undefined): LotChoice | undefined {
  const names = LOTS_NAMED.exec(instructions ?? '')?.groups?.names
  if (names === undefined) return instructions?.startsWith('lots') ? undefined : OLDEST_FIRST
  if (names === 'fifo' || names === 'lifo' || names === 'hifo') return { by: names }
  const lotIds = names.split(',')
  return lotIds.every((id) => UUID.test(id)) ? { by: 'name', lotIds } : undefined
}

/** Which lots a sale takes first. */
export const lotChoiceOf = ({ instructions }: Pick<Order, 'instructions'>): LotChoice =>
  readLotChoice(instructions) ?? OLDEST_FIRST

/** Of which holdings open sales need lots, and of how many shares; of all when one looks for others than the oldest. */
export function lotNeedsOf(orders: readonly Order[]): LotNeed[] {
  const needs = new Map<string, LotNeed>()
  for (const order of orders) {
    if (order.side !== 'sell' || !isOpen(order)) continue
    const { accountId, amount, asset } = order
    const key = `${accountId}|${asset.symbol}`
    const before = needs.get(key) ?? { accountId, symbol: asset.symbol, quantityNano: 0n }
    const isKnown = amount.kind === 'quantity' && lotChoiceOf(order).by === 'fifo'
    const quantityNano =
      isKnown && before.quantityNano !== undefined ? before.quantityNano + amount.quantityNano : undefined
    needs.set(key, { ...before, quantityNano })
  }
  return [...needs.values()]
}
