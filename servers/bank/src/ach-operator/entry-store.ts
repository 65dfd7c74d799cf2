import type { AchEntry, BatchHeader } from '@paddock/nacha'
import type { FieldCipher } from '@paddock/service'
import { type Selectable, sql } from 'kysely'
import type { BankContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { AchEntries } from '../db/schema.ts'
import type { Direction, EntryKind, SentEntry, SettledEntry } from './operator.ts'

/** PostgreSQL takes 65,535 parameters in one statement; an entry has twelve. */
const ENTRIES_AT_ONCE = 4_000

/** One process at a time is the operator; held until the transaction ends. */
export async function lockOperator(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('paddock-ach-operator'))`.execute(tx)
}

export async function isTaken(tx: Tx, fileName: string): Promise<boolean> {
  const row = await tx.selectFrom('ach_files').select('name').where('name', '=', fileName).executeTakeFirst()
  return row !== undefined
}

/** An accepted file of the same identity or content, if there was one. */
export async function findTwin(tx: Tx, identity: string, sha256: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('ach_files')
    .select('name')
    .where('status', '=', 'accepted')
    .where((eb) => eb.or([eb('identity', '=', identity), eb('sha256', '=', sha256)]))
    .limit(1)
    .executeTakeFirst()
  return row?.name
}

export async function insertFile(
  tx: Tx,
  file: { name: string; sha256: string; isAccepted: boolean; identity: string; receivedAt: Temporal.Instant },
): Promise<void> {
  await tx
    .insertInto('ach_files')
    .values({
      name: file.name,
      sha256: file.sha256,
      status: file.isAccepted ? 'accepted' : 'rejected',
      identity: file.identity,
      received_at: file.receivedAt,
    })
    .execute()
}

export async function insertBatch(tx: Tx, fileName: string, number: number, header: BatchHeader) {
  await tx
    .insertInto('ach_batches')
    .values({ file_name: fileName, number, header: JSON.stringify(header) })
    .execute()
}

export async function insertEntries(ctx: BankContext, tx: Tx, entries: readonly SentEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({
    file_name: entry.fileName,
    line: entry.line,
    batch_number: entry.batchNumber,
    kind: entry.kind,
    direction: entry.direction,
    amount_minor: entry.amountMinor,
    routing_number: entry.routingNumber,
    trace_number: entry.traceNumber,
    individual_id: entry.individualId,
    entry_cipher: ctx.cipher.encrypt(
      JSON.stringify(entry.entry, writeBigInt),
      cell(entry.fileName, entry.line),
    ),
    edit_code: entry.editCode,
    settles_at: entry.settlesAt,
  }))
  for (let from = 0; from < rows.length; from += ENTRIES_AT_ONCE) {
    await tx
      .insertInto('ach_entries')
      .values(rows.slice(from, from + ENTRIES_AT_ONCE))
      .execute()
  }
}

/** What is to settle by now, in the order of the files. */
export async function listDueEntries(
  ctx: BankContext,
  tx: Tx,
  at: Temporal.Instant,
): Promise<SettledEntry[]> {
  const rows = await tx
    .selectFrom('ach_entries')
    .selectAll()
    .where('settled_at', 'is', null)
    .where('settles_at', '<=', at)
    .orderBy('settles_at')
    .orderBy('file_name')
    .orderBy('line')
    .execute()
  return rows.map((row) => toEntry(ctx.cipher, row))
}

/** What waits for its settlement, next first. */
export async function listWaitingEntries(db: Db, limit: number): Promise<WaitingEntry[]> {
  const rows = await db
    .selectFrom('ach_entries')
    .selectAll()
    .where('settled_at', 'is', null)
    .orderBy('settles_at')
    .orderBy('file_name')
    .orderBy('line')
    .limit(limit)
    .execute()
  return rows.map(toWaiting)
}

export async function markSettled(
  tx: Tx,
  { fileName, line }: Pick<SentEntry, 'fileName' | 'line'>,
  at: Temporal.Instant,
  accountId: string | null,
): Promise<void> {
  await tx
    .updateTable('ach_entries')
    .set({ settled_at: at, account_id: accountId })
    .where('file_name', '=', fileName)
    .where('line', '=', line)
    .execute()
}

export async function getEntry(
  ctx: BankContext,
  tx: Db | Tx,
  fileName: string,
  line: number,
): Promise<SettledEntry> {
  const row = await tx
    .selectFrom('ach_entries')
    .selectAll()
    .where('file_name', '=', fileName)
    .where('line', '=', line)
    .executeTakeFirstOrThrow()
  return toEntry(ctx.cipher, row)
}

/** The forward entry or prenote that somebody means by its trace number or its reference; the last of several. */
export async function findEntry(
  ctx: BankContext,
  tx: Db | Tx,
  wanted: { traceNumber?: string | undefined; individualId?: string | undefined },
): Promise<SettledEntry | undefined> {
  let query = tx.selectFrom('ach_entries').selectAll().where('kind', 'in', ['forward', 'prenote'])
  if (wanted.traceNumber !== undefined) query = query.where('trace_number', '=', wanted.traceNumber)
  if (wanted.individualId !== undefined) query = query.where('individual_id', '=', wanted.individualId)
  const row = await query.orderBy('settles_at', 'desc').orderBy('line', 'desc').limit(1).executeTakeFirst()
  return row === undefined ? undefined : toEntry(ctx.cipher, row)
}

export async function getBatch(tx: Db | Tx, fileName: string, number: number): Promise<BatchHeader> {
  const { header } = await tx
    .selectFrom('ach_batches')
    .select('header')
    .where('file_name', '=', fileName)
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  return header as unknown as BatchHeader
}

const cell = (fileName: string, line: number) => ({
  table: 'bank.ach_entries',
  column: 'entry_cipher',
  rowId: `${fileName}:${line}`,
})

/** Amounts are bigints, which JSON has not: they are written as text and known by the end of their names. */
const writeBigInt = (_name: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
const readBigInt = (name: string, value: unknown) =>
  name.endsWith('Minor') ? BigInt(value as string) : value

function toEntry(cipher: FieldCipher, row: Selectable<AchEntries>): SettledEntry {
  const text = cipher.decrypt(row.entry_cipher, cell(row.file_name, row.line))
  return { ...toWaiting(row), entry: JSON.parse(text, readBigInt) as AchEntry }
}

/** Without what is in the ciphertext. */
type WaitingEntry = Omit<SettledEntry, 'entry'>

function toWaiting(row: Selectable<AchEntries>): WaitingEntry {
  return {
    fileName: row.file_name,
    line: row.line,
    batchNumber: row.batch_number,
    kind: row.kind as EntryKind,
    direction: row.direction as Direction,
    amountMinor: row.amount_minor,
    routingNumber: row.routing_number,
    traceNumber: row.trace_number,
    individualId: row.individual_id,
    editCode: row.edit_code,
    settlesAt: row.settles_at,
    settledAt: row.settled_at,
    accountId: row.account_id,
  }
}
