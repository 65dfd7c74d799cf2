import { assert } from '@paddock/kernel'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import { costOfSharesSold } from './cost-basis.ts'

/** What the shares that an account holds of an asset have cost, and what those it sold have earned. */
export type Position = {
  readonly accountId: AccountId
  readonly symbol: string
  readonly costBasisMinor: UsdMinor
  readonly realizedMinor: UsdMinor
  readonly updatedAt: Temporal.Instant
}

export type Trade = {
  readonly quantityNano: QuantityNano
  readonly amountMinor: UsdMinor
  readonly at: Temporal.Instant
}

/** What a sale earned beyond what the shares had cost, before commission. */
export type Gain = { readonly costBasisMinor: UsdMinor; readonly realizedMinor: UsdMinor }

type Pair = { readonly accountId: AccountId; readonly symbol: string }

/** The position after a purchase. */
export function afterPurchase(
  before: Position | undefined,
  { accountId, symbol }: Pair,
  { amountMinor, at }: Trade,
): Position {
  return {
    accountId,
    symbol,
    costBasisMinor: ((before?.costBasisMinor ?? 0n) + amountMinor) as UsdMinor,
    realizedMinor: before?.realizedMinor ?? (0n as UsdMinor),
    updatedAt: at,
  }
}

/** The position after a sale out of `heldNano`, and what that earned. */
export function afterSale(
  before: Position | undefined,
  { quantityNano, amountMinor, at }: Trade,
  heldNano: QuantityNano,
): { position: Position; gain: Gain } {
  assert(before !== undefined, 'shares without a position were sold')
  const costBasisMinor = costOfSharesSold(before.costBasisMinor, heldNano, quantityNano)
  const realizedMinor = (amountMinor - costBasisMinor) as UsdMinor
  const position: Position = {
    ...before,
    costBasisMinor: (before.costBasisMinor - costBasisMinor) as UsdMinor,
    realizedMinor: (before.realizedMinor + realizedMinor) as UsdMinor,
    updatedAt: at,
  }
  return { position, gain: { costBasisMinor, realizedMinor } }
}

/** Positions by `account|symbol`; those that never were are left out. The accounts must be locked. */
export async function readPositions(tx: Tx, pairs: readonly Pair[]): Promise<Map<string, Position>> {
  if (pairs.length === 0) return new Map()
  const { rows } = await sql<{
    account_id: AccountId
    symbol: string
    cost_basis_minor: UsdMinor
    realized_minor: UsdMinor
    updated_at: Temporal.Instant
  }>`
    select account_id, symbol, cost_basis_minor, realized_minor, updated_at from positions
    where (account_id, symbol) in (
      select * from unnest(${pairs.map(({ accountId }) => accountId)}::uuid[], ${pairs.map(({ symbol }) => symbol)}::text[])
    )`.execute(tx)
  return new Map(
    rows.map((row) => [
      `${row.account_id}|${row.symbol}`,
      {
        accountId: row.account_id,
        symbol: row.symbol,
        costBasisMinor: row.cost_basis_minor,
        realizedMinor: row.realized_minor,
        updatedAt: row.updated_at,
      },
    ]),
  )
}

export async function writePositions(tx: Tx, positions: readonly Position[]): Promise<void> {
  if (positions.length === 0) return
  await tx
    .insertInto('positions')
    .values(
      positions.map((position) => ({
        account_id: position.accountId,
        symbol: position.symbol,
        cost_basis_minor: position.costBasisMinor,
        realized_minor: position.realizedMinor,
        updated_at: position.updatedAt,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'symbol']).doUpdateSet(({ ref }) => ({
        cost_basis_minor: ref('excluded.cost_basis_minor'),
        realized_minor: ref('excluded.realized_minor'),
        updated_at: ref('excluded.updated_at'),
      })),
    )
    .execute()
}

/** Adds what shares cost that came in another way than by a trade. The account must be locked. */
export async function addCost(tx: Tx, pair: Pair, trade: Trade): Promise<void> {
  const before = (await readPositions(tx, [pair])).get(`${pair.accountId}|${pair.symbol}`)
  await writePositions(tx, [afterPurchase(before, pair, trade)])
}

/** Takes the cost of shares off that leave in another way, such as a fraction that is paid out after a split. */
export async function takeCost(tx: Tx, pair: Pair, trade: Trade, heldNano: QuantityNano): Promise<Gain> {
  const before = (await readPositions(tx, [pair])).get(`${pair.accountId}|${pair.symbol}`)
  const { position, gain } = afterSale(before, trade, heldNano)
  await writePositions(tx, [position])
  return gain
}
