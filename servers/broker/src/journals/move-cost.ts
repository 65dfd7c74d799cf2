import { assert } from '@paddock/kernel'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import { costOfSharesSold } from '../positions/cost-basis.ts'
import { addCost } from '../positions/position-store.ts'

type SharesMoved = {
  readonly from: AccountId
  readonly to: AccountId
  readonly symbol: string
  readonly quantityNano: QuantityNano
  /** What the giver had before. */
  readonly heldNano: QuantityNano
  readonly at: Temporal.Instant
}

/**
 * Shares that are given take along what they have cost on average; nothing is gained or lost by it. Both
 * accounts must be locked. Answers the cost that went along.
 */
export async function moveCost(tx: Tx, shares: SharesMoved): Promise<UsdMinor> {
  const { from, to, symbol, quantityNano, heldNano, at } = shares
  const position = await tx
    .selectFrom('positions')
    .select('cost_basis_minor')
    .where('account_id', '=', from)
    .where('symbol', '=', symbol)
    .executeTakeFirst()
  assert(position !== undefined, 'shares without a position were given')
  const costMinor = costOfSharesSold(position.cost_basis_minor as UsdMinor, heldNano, quantityNano)
  await tx
    .updateTable('positions')
    .set({ cost_basis_minor: position.cost_basis_minor - costMinor, updated_at: at })
    .where('account_id', '=', from)
    .where('symbol', '=', symbol)
    .execute()
  await addCost(tx, { accountId: to, symbol }, { quantityNano, amountMinor: costMinor, at })
  return costMinor
}
