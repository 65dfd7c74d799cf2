import { newId } from '@paddock/kernel'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { DB, JsonObject } from '../db/schema.ts'
import type { Break, BreakId, BreakKind, Found, RunId } from './reconciliation.ts'

export async function insertBreak(tx: Tx, found: Found, runId: RunId, now: Temporal.Instant): Promise<void> {
  await tx
    .insertInto('reconciliation_breaks')
    .values({
      id: newId(),
      kind: found.kind,
      subject: found.subject,
      amount_minor: found.amountMinor,
      facts: JSON.stringify(found.facts),
      guess: found.guess,
      since: found.since,
      state: 'OPEN',
      found_by: runId,
      created_at: now,
    })
    .execute()
}

/** It is still there: how it is by now, since when stays. */
export async function refreshBreak(tx: Tx, id: BreakId, found: Found): Promise<void> {
  await tx
    .updateTable('reconciliation_breaks')
    .set({ amount_minor: found.amountMinor, facts: JSON.stringify(found.facts), guess: found.guess })
    .where('id', '=', id)
    .execute()
}

export type Ending =
  | { readonly state: 'CLEARED' }
  | {
      readonly state: 'RESOLVED'
      readonly resolution: 'journal' | 'note'
      readonly note: string
      readonly ledgerTransferId: string | undefined
    }

export async function endBreak(tx: Tx, id: BreakId, ending: Ending, now: Temporal.Instant): Promise<void> {
  const resolved =
    ending.state === 'CLEARED'
      ? {}
      : {
          resolution: ending.resolution,
          note: ending.note,
          ledger_transfer_id: ending.ledgerTransferId ?? null,
        }
  await tx
    .updateTable('reconciliation_breaks')
    .set({ state: ending.state, ended_at: now, ...resolved })
    .where('id', '=', id)
    .execute()
}

/** The row locked, so that two do not resolve it at once. */
export async function lockBreak(tx: Tx, id: BreakId): Promise<Break | undefined> {
  const row = await tx
    .selectFrom('reconciliation_breaks')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? undefined : toBreak(row)
}

/** The breaks that were open at an instant, oldest first. */
export async function listBreaksAt(db: Db, at: Temporal.Instant): Promise<Break[]> {
  const rows = await db
    .selectFrom('reconciliation_breaks')
    .selectAll()
    .where('created_at', '<=', at)
    .where((e) => e.or([e('ended_at', 'is', null), e('ended_at', '>', at)]))
    .orderBy('since')
    .orderBy('kind')
    .orderBy('id')
    .limit(10_000)
    .execute()
  return rows.map(toBreak)
}

export async function listOpenBreaks(db: Db): Promise<Break[]> {
  const rows = await db
    .selectFrom('reconciliation_breaks')
    .selectAll()
    .where('state', '=', 'OPEN')
    .orderBy('since')
    .orderBy('kind')
    .orderBy('id')
    .execute()
  return rows.map(toBreak)
}

/** A journal against these must make them go; against a single thing it is the last word about it. */
const sums: readonly BreakKind[] = ['bank_balance_differs', 'cash_book_out', 'clearing_unexplained']

/** What a person accepted or booked, by kind, subject and amount: found again it is not told again. */
export async function listAccepted(db: Db): Promise<Set<string>> {
  const rows = await db
    .selectFrom('reconciliation_breaks')
    .select(['kind', 'subject', 'amount_minor'])
    .where('state', '=', 'RESOLVED')
    .where((e) => e.or([e('resolution', '=', 'note'), e('kind', 'not in', sums)]))
    .execute()
  return new Set(rows.map((row) => acceptedKey(row.kind, row.subject, row.amount_minor)))
}

export const acceptedKey = (kind: string, subject: string, amountMinor: bigint) =>
  `${kind}|${subject}|${amountMinor}`

function toBreak(row: Selectable<DB['reconciliation_breaks']>): Break {
  return {
    id: row.id as BreakId,
    kind: row.kind as BreakKind,
    subject: row.subject,
    amountMinor: row.amount_minor,
    facts: row.facts as JsonObject,
    guess: row.guess,
    since: row.since,
    state: row.state as Break['state'],
    resolution: (row.resolution ?? undefined) as Break['resolution'],
    note: row.note ?? undefined,
    ledgerTransferId: row.ledger_transfer_id ?? undefined,
    createdAt: row.created_at,
    endedAt: row.ended_at ?? undefined,
  }
}
