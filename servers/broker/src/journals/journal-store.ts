import { assert } from '@paddock/kernel'
import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import { type Insertable, type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Journals, JsonObject } from '../db/schema.ts'
import {
  type EntryType,
  endedStatuses,
  type Journal,
  type JournalId,
  type JournalOrigin,
  JournalRejected,
  type JournalStatus,
  type Moved,
} from './journal.ts'

export async function insertJournals(tx: Tx, journals: readonly Journal[]): Promise<void> {
  await tx.insertInto('journals').values(journals.map(toRow)).execute()
}

/** The journal as it is now. Its accounts must be locked if the answer leads to a change. */
export async function findJournal(db: Db, id: JournalId): Promise<Journal | undefined> {
  const row = await db.selectFrom('journals').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toJournal(row)
}

export async function getJournal(db: Db, id: JournalId): Promise<Journal> {
  const journal = await findJournal(db, id)
  if (journal === undefined) throw new JournalRejected('journal_not_found')
  return journal
}

export type JournalChange = {
  readonly status: JournalStatus
  readonly reason?: string
  readonly price_micro?: PriceMicro
  readonly cost_minor?: UsdMinor
  readonly undone_cost_minor?: UsdMinor
  readonly settles_on?: Temporal.PlainDate
  readonly executed_at?: Temporal.Instant
  readonly from_activity_id?: string
  readonly to_activity_id?: string
}

export async function updateJournal(
  tx: Tx,
  id: JournalId,
  change: JournalChange,
  now: Temporal.Instant,
): Promise<Journal> {
  const row = await tx
    .updateTable('journals')
    .set({ ...change, updated_at: now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return toJournal(row)
}

export type JournalFilter = {
  /** Booked, or where that is still to come asked for, after or before this New York day. */
  readonly after: Temporal.PlainDate | undefined
  readonly before: Temporal.PlainDate | undefined
  readonly statuses: readonly JournalStatus[]
  readonly entryType: EntryType | undefined
  readonly from: AccountId | undefined
  readonly to: AccountId | undefined
  readonly limit: number | undefined
}

/** The vendor answers no more rows than this at once. */
const MAX_JOURNALS = 100_000

/** Newest first. */
export async function listJournals(db: Db, filter: JournalFilter): Promise<Journal[]> {
  const { after, before, statuses, entryType, from, to, limit } = filter
  const day = sql<Temporal.PlainDate>`coalesce(settles_on, requested_on)`
  let query = db.selectFrom('journals')
  if (after !== undefined) query = query.where(day, '>', after)
  if (before !== undefined) query = query.where(day, '<', before)
  if (statuses.length > 0) query = query.where('status', 'in', [...statuses])
  if (entryType !== undefined) query = query.where('entry_type', '=', entryType)
  if (from !== undefined) query = query.where('from_account', '=', from)
  if (to !== undefined) query = query.where('to_account', '=', to)
  if (limit === undefined || limit > MAX_JOURNALS) {
    const beyond = await query.select('id').limit(1).offset(MAX_JOURNALS).executeTakeFirst()
    if (beyond !== undefined) throw new JournalRejected('too_many_journals', { most: MAX_JOURNALS })
  }
  const rows = await query
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit ?? MAX_JOURNALS)
    .execute()
  return rows.map(toJournal)
}

/** Dollars that the day's journals move or will move; of shares those to one account. */
export async function sumJournaledOn(
  db: Db,
  day: Temporal.PlainDate,
  of: { readonly entryType: 'JNLC' } | { readonly entryType: 'JNLS'; readonly to: AccountId },
): Promise<UsdMinor> {
  let query = db
    .selectFrom('journals')
    .select(sql<bigint>`coalesce(sum(value_minor), 0)`.as('total'))
    .where('entry_type', '=', of.entryType)
    .where('requested_on', '=', day)
    .where('status', 'not in', [...endedStatuses])
  if (of.entryType === 'JNLS') query = query.where('to_account', '=', of.to)
  const { total } = await query.executeTakeFirstOrThrow()
  return total as UsdMinor
}

function toRow(journal: Journal): Insertable<Journals> {
  const { moved } = journal
  const isCash = moved.entryType === 'JNLC'
  return {
    id: journal.id,
    entry_type: moved.entryType,
    from_account: journal.from,
    to_account: journal.to,
    status: journal.status,
    amount_minor: isCash ? moved.amountMinor : null,
    symbol: isCash ? null : moved.symbol,
    quantity_nano: isCash ? null : moved.quantityNano,
    price_micro: isCash ? null : moved.priceMicro,
    value_minor: journal.valueMinor,
    description: journal.description,
    travel_rule: JSON.stringify(journal.travelRule),
    origin: journal.origin,
    idempotency_key: journal.idempotencyKey ?? null,
    corrects_id: journal.correctsId ?? null,
    requested_on: journal.requestedOn,
    created_at: journal.createdAt,
    updated_at: journal.updatedAt,
  }
}

function toJournal(row: Selectable<Journals>): Journal {
  return {
    id: row.id as JournalId,
    from: row.from_account as AccountId,
    to: row.to_account as AccountId,
    status: row.status as JournalStatus,
    moved: toMoved(row),
    valueMinor: row.value_minor as UsdMinor,
    description: row.description,
    travelRule: row.travel_rule as JsonObject,
    origin: row.origin as JournalOrigin,
    idempotencyKey: row.idempotency_key ?? undefined,
    reason: row.reason ?? undefined,
    correctsId: (row.corrects_id ?? undefined) as JournalId | undefined,
    requestedOn: row.requested_on,
    settlesOn: row.settles_on ?? undefined,
    fromActivityId: row.from_activity_id ?? undefined,
    toActivityId: row.to_activity_id ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function toMoved(row: Selectable<Journals>): Moved {
  const { amount_minor: amountMinor, symbol, quantity_nano: quantityNano, price_micro: priceMicro } = row
  if (amountMinor !== null) return { entryType: 'JNLC', amountMinor: amountMinor as UsdMinor }
  assert(symbol !== null && quantityNano !== null && priceMicro !== null, 'a journal moves cash or shares')
  return {
    entryType: 'JNLS',
    symbol,
    quantityNano: quantityNano as QuantityNano,
    priceMicro: priceMicro as PriceMicro,
  }
}
