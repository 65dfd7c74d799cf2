import { newId } from '@paddock/kernel'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import { costOf, type Lot } from '../positions/lot.ts'
import { readPositions, withLots, withoutShares, writePositions } from '../positions/position-store.ts'

type SharesMoved = {
  readonly journalId: string
  readonly from: AccountId
  readonly to: AccountId
  readonly symbol: string
  readonly quantityNano: QuantityNano
  readonly at: Temporal.Instant
}

/**
 * Shares that are given take their lots along, with what they have cost and since when they were held; nothing is
 * gained or lost by it. The oldest go first; shares that a journal takes back are those that it brought, as far as
 * they are still there. Both accounts must be locked. Answers the cost that went along.
 */
export async function moveCost(tx: Tx, shares: SharesMoved): Promise<UsdMinor> {
  const { journalId, from, to, symbol, quantityNano, at } = shares
  const [giver, taker] = [
    { accountId: from, symbol },
    { accountId: to, symbol },
  ]
  // All of them: a journal is rare, and may look for lots that are not the oldest.
  const positions = await readPositions(tx, [giver, taker], [{ ...giver, quantityNano: undefined }])
  const given = withoutShares(
    positions.get(`${from}|${symbol}`),
    { id: journalId, quantityNano, at },
    { by: 'source', sourceId: journalId },
  )
  const lots = given.takings.map(
    (taking): Lot => ({
      ...taker,
      id: newId(),
      acquiredAt: taking.lot.acquiredAt,
      source: { kind: 'journal', id: journalId },
      quantityNano: taking.quantityNano,
      costMinor: taking.costMinor,
      remainingNano: taking.quantityNano,
      remainingMinor: taking.costMinor,
    }),
  )
  const taken = withLots(positions.get(`${to}|${symbol}`), taker, lots, at)
  await writePositions(tx, [given.position, taken])
  return costOf(given.takings)
}
