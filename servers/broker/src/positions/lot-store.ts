import { assert } from '@paddock/kernel'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import { type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db, Tx } from '../db/database.ts'
import { insertRows, rowsAsJson } from '../db/insert-rows.ts'
import type { Lots } from '../db/schema.ts'
import type { Lot, LotSource, Taking } from './lot.ts'

/** Of which holding open lots are wanted, and how many shares they are for; undefined means all of them. */
export type LotNeed = {
  readonly accountId: AccountId
  readonly symbol: string
  readonly quantityNano: bigint | undefined
}

/** A sale seldom takes more lots; who has a thousand does not pay for reading them with each sale. */
const LOTS_AT_ONCE = 20

/** Open lots by `account|symbol`, oldest first, enough for what is needed. The accounts must be locked. */
export async function readOpenLots(tx: Tx, needs: readonly LotNeed[]): Promise<Map<string, Lot[]>> {
  const found = await readOldest(tx, needs, LOTS_AT_ONCE)
  const short = needs.filter((need) => {
    const lots = found.get(keyOf(need)) ?? []
    if (lots.length < LOTS_AT_ONCE) return false
    return need.quantityNano === undefined || need.quantityNano > sumOf(lots)
  })
  for (const [key, lots] of await readOldest(tx, short, undefined)) found.set(key, lots)
  return found
}

const keyOf = ({ accountId, symbol }: { accountId: AccountId; symbol: string }) => `${accountId}|${symbol}`

const sumOf = (lots: readonly Lot[]) => lots.reduce((sum, { remainingNano }) => sum + remainingNano, 0n)

async function readOldest(
  tx: Tx,
  needs: readonly LotNeed[],
  most: number | undefined,
): Promise<Map<string, Lot[]>> {
  if (needs.length === 0) return new Map()
  const { rows } = await sql<Selectable<Lots>>`
    select lots.* from unnest(${needs.map(({ accountId }) => accountId)}::uuid[],
      ${needs.map(({ symbol }) => symbol)}::text[]) as need (account_id, symbol),
      lateral (
        select * from lots
        where lots.account_id = need.account_id and lots.symbol = need.symbol and remaining_nano > 0
        order by acquired_at, id limit ${most ?? null}::bigint
      ) as lots
    order by lots.acquired_at, lots.id`.execute(tx)
  return Map.groupBy(rows.map(toLot), keyOf)
}

const MOST_LISTED = 10_000

/** The open lots of an account, of one asset or of all, oldest first. */
export async function listOpenLots(db: Db, accountId: AccountId, symbol: string | undefined): Promise<Lot[]> {
  let query = db.selectFrom('lots').selectAll().where('account_id', '=', accountId)
  if (symbol !== undefined) query = query.where('symbol', '=', symbol)
  const rows = await query
    .where('remaining_nano', '>', 0n)
    .orderBy('symbol')
    .orderBy('acquired_at')
    .orderBy('id')
    .limit(MOST_LISTED)
    .execute()
  return rows.map(toLot)
}

/** Writes lots that are new. */
export async function insertLots(tx: Tx, lots: readonly Lot[]): Promise<void> {
  await insertRows(tx, 'lots', lots.map(toRow))
}

/** Writes what has become of lots that are stored. */
export async function updateLots(tx: Tx, lots: readonly Lot[]): Promise<void> {
  if (lots.length === 0) return
  const { numAffectedRows } = await sql`
    update lots set quantity_nano = changed.quantity_nano, cost_minor = changed.cost_minor,
      remaining_nano = changed.remaining_nano, remaining_minor = changed.remaining_minor
    from jsonb_populate_recordset(null::lots, ${rowsAsJson(lots.map(toRow))}::jsonb) as changed
    where lots.account_id = changed.account_id and lots.id = changed.id`.execute(tx)
  assert(numAffectedRows === BigInt(lots.length), 'a lot that was read under its lock has gone')
}

/** What took from which lots. */
export type Takings = {
  readonly takenBy: string
  readonly at: Temporal.Instant
  readonly takings: readonly Taking[]
}

export async function insertTakings(tx: Tx, all: readonly Takings[]): Promise<void> {
  await insertRows(
    tx,
    'lot_takings',
    all.flatMap(({ takenBy, at, takings }) =>
      takings.map(({ lot, quantityNano, costMinor }) => ({
        account_id: lot.accountId,
        taken_by: takenBy,
        lot_id: lot.id,
        taken_at: at,
        quantity_nano: quantityNano,
        cost_minor: costMinor,
      })),
    ),
  )
}

function toLot(row: Selectable<Lots>): Lot {
  return {
    accountId: row.account_id as AccountId,
    id: row.id,
    symbol: row.symbol,
    acquiredAt: row.acquired_at,
    source: { kind: row.source_kind as LotSource['kind'], id: row.source_id },
    quantityNano: row.quantity_nano as QuantityNano,
    costMinor: row.cost_minor as UsdMinor,
    remainingNano: row.remaining_nano as QuantityNano,
    remainingMinor: row.remaining_minor as UsdMinor,
  }
}

function toRow(lot: Lot) {
  return {
    account_id: lot.accountId,
    id: lot.id,
    symbol: lot.symbol,
    acquired_at: lot.acquiredAt,
    source_kind: lot.source.kind,
    source_id: lot.source.id,
    quantity_nano: lot.quantityNano,
    cost_minor: lot.costMinor,
    remaining_nano: lot.remainingNano,
    remaining_minor: lot.remainingMinor,
  }
}
