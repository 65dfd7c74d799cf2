import { assert } from '@paddock/kernel'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import { insertRows } from '../db/insert-rows.ts'
import {
  afterTaking,
  costOf,
  type Lot,
  type LotChoice,
  OLDEST_FIRST,
  type Taking,
  takeFromLots,
} from './lot.ts'
import {
  insertLots,
  insertTakings,
  type LotNeed,
  readOpenLots,
  type Takings,
  updateLots,
} from './lot-store.ts'

/** What the shares that an account holds of an asset have cost, and what those it sold have earned. */
export type Position = {
  readonly accountId: AccountId
  readonly symbol: string
  /** The sum of what its open lots have left. */
  readonly costBasisMinor: UsdMinor
  readonly realizedMinor: UsdMinor
  readonly updatedAt: Temporal.Instant
  /** Open lots as far as they were asked for, and those that came since. */
  readonly lots: readonly Lot[]
  /** What has happened to lots and is not written yet. */
  readonly unwritten: UnwrittenLots
}

type UnwrittenLots = {
  readonly fresh: ReadonlySet<string>
  readonly changed: ReadonlySet<string>
  readonly takings: readonly Takings[]
}

const allWritten: UnwrittenLots = { fresh: new Set(), changed: new Set(), takings: [] }

export type Trade = {
  /** The fill, or the line of the statement. A purchase becomes a lot of this name. */
  readonly id: string
  readonly quantityNano: QuantityNano
  readonly amountMinor: UsdMinor
  readonly at: Temporal.Instant
}

/** What a sale earned beyond what the shares had cost, before commission and fees. */
export type Gain = { readonly costBasisMinor: UsdMinor; readonly realizedMinor: UsdMinor }

type Pair = { readonly accountId: AccountId; readonly symbol: string }

/** The position after a purchase: one lot more. */
export function afterPurchase(before: Position | undefined, pair: Pair, trade: Trade): Position {
  const { id, quantityNano, amountMinor, at } = trade
  const lot: Lot = {
    ...pair,
    id,
    acquiredAt: at,
    source: { kind: 'fill', id },
    quantityNano,
    costMinor: amountMinor,
    remainingNano: quantityNano,
    remainingMinor: amountMinor,
  }
  return withLots(before, pair, [lot], at)
}

/** The position with lots that came in. */
export function withLots(
  before: Position | undefined,
  { accountId, symbol }: Pair,
  lots: readonly Lot[],
  at: Temporal.Instant,
): Position {
  const { fresh, changed, takings } = before?.unwritten ?? allWritten
  return {
    accountId,
    symbol,
    costBasisMinor: lots.reduce(
      (sum, { remainingMinor }) => sum + remainingMinor,
      before?.costBasisMinor ?? 0n,
    ) as UsdMinor,
    realizedMinor: before?.realizedMinor ?? (0n as UsdMinor),
    updatedAt: at,
    lots: [...(before?.lots ?? []), ...lots],
    unwritten: { fresh: new Set([...fresh, ...lots.map(({ id }) => id)]), changed, takings },
  }
}

/** The position after a sale out of its lots, and what that earned. */
export function afterSale(
  before: Position | undefined,
  trade: Trade,
  choice: LotChoice = OLDEST_FIRST,
): { position: Position; gain: Gain } {
  const { position, takings } = withoutShares(before, trade, choice)
  const costBasisMinor = costOf(takings)
  const realizedMinor = (trade.amountMinor - costBasisMinor) as UsdMinor
  return {
    position: { ...position, realizedMinor: (position.realizedMinor + realizedMinor) as UsdMinor },
    gain: { costBasisMinor, realizedMinor },
  }
}

/** The position after shares have left it, and which lots they were of. Nothing is gained by that alone. */
export function withoutShares(
  before: Position | undefined,
  { id, quantityNano, at }: Omit<Trade, 'amountMinor'>,
  choice: LotChoice = OLDEST_FIRST,
): { position: Position; takings: readonly Taking[] } {
  assert(before !== undefined, 'shares left that have no position')
  const takings = takeFromLots(before.lots, quantityNano, choice)
  const left = new Map(takings.map((taking) => [taking.lot.id, afterTaking(taking)]))
  const { fresh, changed, takings: earlier } = before.unwritten
  const position: Position = {
    ...before,
    costBasisMinor: (before.costBasisMinor - costOf(takings)) as UsdMinor,
    updatedAt: at,
    lots: before.lots.map((lot) => left.get(lot.id) ?? lot),
    unwritten: {
      fresh,
      changed: new Set([...changed, ...[...left.keys()].filter((lotId) => !fresh.has(lotId))]),
      takings: [...earlier, { takenBy: id, at, takings }],
    },
  }
  return { position, takings }
}

/**
 * Positions by `account|symbol`; those that never were are left out. With them the open lots that `needs` asks for:
 * a purchase needs none. The accounts must be locked.
 */
export async function readPositions(
  tx: Tx,
  pairs: readonly Pair[],
  needs: readonly LotNeed[],
): Promise<Map<string, Position>> {
  if (pairs.length === 0) return new Map()
  const { rows } = await sql<{
    account_id: AccountId
    symbol: string
    cost_basis_minor: UsdMinor
    realized_minor: UsdMinor
    updated_at: Temporal.Instant
  }>`
    select positions.* from unnest(${pairs.map(({ accountId }) => accountId)}::uuid[],
      ${pairs.map(({ symbol }) => symbol)}::text[]) as need (account_id, symbol),
      lateral (
        select account_id, symbol, cost_basis_minor, realized_minor, updated_at from positions
        where positions.account_id = need.account_id and positions.symbol = need.symbol offset 0
      ) as positions`.execute(tx)
  const lots = await readOpenLots(tx, needs)
  return new Map(
    rows.map((row) => [
      `${row.account_id}|${row.symbol}`,
      {
        accountId: row.account_id,
        symbol: row.symbol,
        costBasisMinor: row.cost_basis_minor,
        realizedMinor: row.realized_minor,
        updatedAt: row.updated_at,
        lots: lots.get(`${row.account_id}|${row.symbol}`) ?? [],
        unwritten: allWritten,
      },
    ]),
  )
}

/** Writes positions and what has happened to their lots, in a few statements whatever their number. */
export async function writePositions(tx: Tx, positions: readonly Position[]): Promise<void> {
  if (positions.length === 0) return
  const lotsIn = (names: (unwritten: UnwrittenLots) => ReadonlySet<string>) =>
    positions.flatMap(({ lots, unwritten }) => lots.filter(({ id }) => names(unwritten).has(id)))
  await Promise.all([
    insertRows(
      tx,
      'positions',
      positions.map((position) => ({
        account_id: position.accountId,
        symbol: position.symbol,
        cost_basis_minor: position.costBasisMinor,
        realized_minor: position.realizedMinor,
        updated_at: position.updatedAt,
      })),
      sql`on conflict (account_id, symbol) do update set cost_basis_minor = excluded.cost_basis_minor,
        realized_minor = excluded.realized_minor, updated_at = excluded.updated_at`,
    ),
    insertLots(
      tx,
      lotsIn(({ fresh }) => fresh),
    ),
    updateLots(
      tx,
      lotsIn(({ changed }) => changed),
    ),
    insertTakings(
      tx,
      positions.flatMap(({ unwritten }) => unwritten.takings),
    ),
  ])
}

/** Takes shares off that leave in another way than by a trade, such as a fraction that is paid out after a split. */
export async function takeCost(tx: Tx, pair: Pair, trade: Trade): Promise<Gain> {
  const needs = [{ ...pair, quantityNano: trade.quantityNano }]
  const before = (await readPositions(tx, [pair], needs)).get(`${pair.accountId}|${pair.symbol}`)
  const { position, gain } = afterSale(before, trade)
  await writePositions(tx, [position])
  return gain
}
