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

/** Whether a sale takes lots in the order in which they are read; who looks for others has to see all of them. */
export const takesOldest = (instructions: string | undefined): boolean =>
  (readLotChoice(instructions) ?? OLDEST_FIRST).by === 'fifo'

/** Of which holdings open sales, and sales that are about to come, need lots, and of how many shares. */
export function lotNeedsOf(orders: readonly Order[], coming: readonly LotNeed[] = []): LotNeed[] {
  const open = orders.flatMap(({ side, accountId, amount, asset, instructions, ...order }): LotNeed[] => {
    if (side !== 'sell' || !isOpen(order)) return []
    const isKnown = amount.kind === 'quantity' && takesOldest(instructions)
    return [{ accountId, symbol: asset.symbol, quantityNano: isKnown ? amount.quantityNano : undefined }]
  })
  const needs = new Map<string, LotNeed>()
  for (const need of [...open, ...coming]) {
    const key = `${need.accountId}|${need.symbol}`
    const { quantityNano: before } = needs.get(key) ?? { quantityNano: 0n }
    const isKnown = before !== undefined && need.quantityNano !== undefined
    needs.set(key, { ...need, quantityNano: isKnown ? before + need.quantityNano : undefined })
  }
  return [...needs.values()]
}
