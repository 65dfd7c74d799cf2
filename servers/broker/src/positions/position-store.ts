import { assert } from '@paddock/kernel'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import { costOfSharesSold } from './cost-basis.ts'

export interface Trade {
  readonly accountId: AccountId
  readonly symbol: string
  readonly quantityNano: QuantityNano
  readonly amountMinor: UsdMinor
  readonly at: Temporal.Instant
}

/** What a sale earned beyond what the shares had cost, before commission. */
export interface Gain {
  readonly costBasisMinor: UsdMinor
  readonly realizedMinor: UsdMinor
}

/** Adds what a purchase cost to the position. The account must be locked. */
export async function bookPurchase(
  tx: Tx,
  { accountId, symbol, amountMinor, at }: Trade,
): Promise<undefined> {
  await tx
    .insertInto('positions')
    .values({ account_id: accountId, symbol, cost_basis_minor: amountMinor, updated_at: at })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'symbol']).doUpdateSet(({ eb, ref }) => ({
        cost_basis_minor: eb(ref('positions.cost_basis_minor'), '+', ref('excluded.cost_basis_minor')),
        updated_at: at,
      })),
    )
    .execute()
}

/** Takes the cost of the shares sold off the position, and tells what the sale earned. */
export function bookSale(tx: Tx, trade: Trade, heldNano: QuantityNano): Promise<Gain> {
  return takeCost(tx, trade, heldNano)
}

/** The same for shares that leave in another way, such as a fraction that is paid out after a split. */
export async function takeCost(tx: Tx, trade: Trade, heldNano: QuantityNano): Promise<Gain> {
  const { accountId, symbol, quantityNano, amountMinor, at } = trade
  const position = await tx
    .selectFrom('positions')
    .select(['cost_basis_minor', 'realized_minor'])
    .where('account_id', '=', accountId)
    .where('symbol', '=', symbol)
    .executeTakeFirst()
  assert(position !== undefined, 'shares without a position were sold')
  const costBasisMinor = costOfSharesSold(position.cost_basis_minor as UsdMinor, heldNano, quantityNano)
  const realizedMinor = (amountMinor - costBasisMinor) as UsdMinor
  await tx
    .updateTable('positions')
    .set({
      cost_basis_minor: position.cost_basis_minor - costBasisMinor,
      realized_minor: position.realized_minor + realizedMinor,
      updated_at: at,
    })
    .where('account_id', '=', accountId)
    .where('symbol', '=', symbol)
    .execute()
  return { costBasisMinor, realizedMinor }
}
