import type { UsdMinor } from '@paddock/money'
import { type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { RelationshipId } from '../ach/relationship.ts'
import type { Db, Tx } from '../db/database.ts'
import { insertRows } from '../db/insert-rows.ts'
import type { DB } from '../db/schema.ts'
import type { TransferId } from '../transfers/transfer.ts'
import type {
  AchBatch,
  AchEntry,
  AchEntryId,
  AchFile,
  AchFileId,
  AchFileStatus,
  AchSpeed,
  EntryPurpose,
  EntryStatus,
  FileFinding,
} from './ach-file.ts'

/** Everything about a file but its text, which is opened by `openFileBody` alone. */
const fileColumns = [
  'id',
  'name',
  'origin',
  'created_on',
  'created_time',
  'modifier',
  'reference',
  'status',
  'batches',
  'entries',
  'debits_minor',
  'credits_minor',
  'sha256',
  'sealed_at',
  'sent_at',
  'answer_due_at',
  'answered_at',
  'findings',
] as const

/** A new file with its sealed text, its batches and its entries. The name, and what its header says, are taken by it for ever. */
export async function insertFile(
  tx: Tx,
  file: AchFile,
  content: { body: Buffer; batches: readonly AchBatch[]; entries: readonly AchEntry[] },
): Promise<void> {
  await tx
    .insertInto('ach_files')
    .values({
      id: file.id,
      name: file.name,
      origin: file.origin,
      created_on: file.createdOn,
      created_time: file.createdTime,
      modifier: file.modifier,
      reference: file.reference,
      status: file.status,
      batches: file.batches,
      entries: file.entries,
      debits_minor: file.debitsMinor,
      credits_minor: file.creditsMinor,
      sha256: file.sha256,
      body: content.body,
      sealed_at: file.sealedAt,
      answer_due_at: file.answerDueAt,
    })
    .execute()
  await insertRows(
    tx,
    'ach_batches',
    content.batches.map((batch) => ({
      file_id: file.id,
      number: batch.number,
      sec_code: batch.secCode,
      description: batch.description,
      direction: batch.direction,
      speed: batch.speed,
      effective_on: batch.effectiveOn,
      line_number: batch.lineNumber,
      entries: batch.entries,
      debits_minor: batch.debitsMinor,
      credits_minor: batch.creditsMinor,
    })),
  )
  await insertRows(
    tx,
    'ach_entries',
    content.entries.map((entry) => entryRow(entry, file.sealedAt)),
  )
}

const entryRow = (entry: AchEntry, at: Temporal.Instant) => ({
  id: entry.id,
  file_id: entry.fileId,
  batch_number: entry.batchNumber,
  line_number: entry.lineNumber,
  sequence: entry.sequence,
  trace_number: entry.traceNumber,
  account_id: entry.accountId,
  relationship_id: entry.relationshipId,
  bank_version: entry.bankVersion,
  purpose: entry.purpose,
  transfer_id: entry.transferId ?? null,
  attempt: entry.attempt,
  individual_id: entry.individualId,
  transaction_code: entry.transactionCode,
  amount_minor: entry.amountMinor,
  account_hash: entry.accountHash,
  account_mask: entry.accountMask,
  status: entry.status,
  created_at: at,
})

export async function findFile(db: Db, id: AchFileId): Promise<AchFile | undefined> {
  const row = await db.selectFrom('ach_files').select(fileColumns).where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toFile(row)
}

/** The file that lies in the drop under this name, its row locked. */
export async function lockFileByName(tx: Tx, name: string): Promise<AchFile | undefined> {
  const row = await tx
    .selectFrom('ach_files')
    .select(fileColumns)
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? undefined : toFile(row)
}

/** Newest first. */
export async function listFiles(db: Db, page: { limit: number; offset: number }): Promise<AchFile[]> {
  const rows = await db
    .selectFrom('ach_files')
    .select(fileColumns)
    .orderBy('sealed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return rows.map(toFile)
}

/** What was sealed and has not been seen to lie in the drop, oldest first. */
export async function listUnsent(db: Db): Promise<AchFile[]> {
  const rows = await db
    .selectFrom('ach_files')
    .select(fileColumns)
    .where('status', '=', 'SEALED')
    .orderBy('sealed_at')
    .orderBy('id')
    .execute()
  return rows.map(toFile)
}

/** Sent long enough ago that the bank should have answered, and has not. */
export async function listUnanswered(db: Db, now: Temporal.Instant): Promise<AchFile[]> {
  const rows = await db
    .selectFrom('ach_files')
    .select(fileColumns)
    .where('status', '=', 'SENT')
    .where('answer_due_at', '<=', now)
    .orderBy('sealed_at')
    .execute()
  return rows.map(toFile)
}

/** The text of a file as it was sealed. */
export async function readFileBody(db: Db, id: AchFileId): Promise<Buffer | undefined> {
  const row = await db.selectFrom('ach_files').select('body').where('id', '=', id).executeTakeFirst()
  return row?.body
}

export async function markSent(tx: Tx, id: AchFileId, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('ach_files')
    .set({ status: 'SENT', sent_at: now })
    .where('id', '=', id)
    .where('status', '=', 'SEALED')
    .execute()
}

export async function markAnswered(
  tx: Tx,
  id: AchFileId,
  answer: { status: 'ACCEPTED' | 'REJECTED'; findings: readonly FileFinding[] },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('ach_files')
    .set({ status: answer.status, answered_at: now, findings: JSON.stringify(answer.findings) })
    .where('id', '=', id)
    .execute()
}

export async function listBatches(db: Db, fileId: AchFileId): Promise<AchBatch[]> {
  const rows = await db
    .selectFrom('ach_batches')
    .selectAll()
    .where('file_id', '=', fileId)
    .orderBy('number')
    .execute()
  return rows.map(toBatch)
}

export async function findBatch(db: Db, fileId: AchFileId, number: number): Promise<AchBatch | undefined> {
  const row = await db
    .selectFrom('ach_batches')
    .selectAll()
    .where('file_id', '=', fileId)
    .where('number', '=', number)
    .executeTakeFirst()
  return row === undefined ? undefined : toBatch(row)
}

function toBatch(row: Selectable<DB['ach_batches']>): AchBatch {
  return {
    number: row.number,
    secCode: row.sec_code,
    description: row.description,
    direction: row.direction as AchBatch['direction'],
    speed: row.speed as AchSpeed,
    effectiveOn: row.effective_on,
    lineNumber: row.line_number,
    entries: row.entries,
    debitsMinor: row.debits_minor as UsdMinor,
    creditsMinor: row.credits_minor as UsdMinor,
  }
}

export async function listEntries(
  db: Db,
  fileId: AchFileId,
  page: { limit: number; offset: number },
): Promise<AchEntry[]> {
  const rows = await db
    .selectFrom('ach_entries')
    .selectAll()
    .where('file_id', '=', fileId)
    .orderBy('line_number')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return rows.map(toEntry)
}

/** Every entry that a transfer was in, oldest first: more than one only when files were rejected. */
export async function listEntriesOf(
  db: Db,
  accountId: AccountId,
  transferId: TransferId,
): Promise<AchEntry[]> {
  const rows = await db
    .selectFrom('ach_entries')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('transfer_id', '=', transferId)
    .orderBy('attempt')
    .execute()
  return rows.map(toEntry)
}

export async function findEntry(db: Db, id: AchEntryId): Promise<AchEntry | undefined> {
  const row = await db.selectFrom('ach_entries').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : toEntry(row)
}

/** Who holds this trace number; the newest, should the numbers have gone round. */
export async function findEntryByTrace(db: Db, traceNumber: string): Promise<AchEntry | undefined> {
  const row = await db
    .selectFrom('ach_entries')
    .selectAll()
    .where('trace_number', '=', traceNumber)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : toEntry(row)
}

/** Entries that could be meant by an answer whose trace number says nothing to us. */
export async function findEntriesLike(
  db: Db,
  like: { individualId: string; amountMinor: bigint; accountHash: string },
): Promise<AchEntry[]> {
  const rows = await db
    .selectFrom('ach_entries')
    .selectAll()
    .where('individual_id', '=', like.individualId)
    .where('amount_minor', '=', like.amountMinor)
    .where('account_hash', '=', like.accountHash)
    .orderBy('sequence', 'desc')
    .limit(10)
    .execute()
  return rows.map(toEntry)
}

export async function setEntryStatus(tx: Tx, id: AchEntryId, status: EntryStatus): Promise<void> {
  await tx.updateTable('ach_entries').set({ status }).where('id', '=', id).execute()
}

/** Whatever entry of a transfer counts has come back with it. */
export async function returnEntries(
  tx: Tx,
  { accountId, id }: { accountId: AccountId; id: TransferId },
): Promise<void> {
  await tx
    .updateTable('ach_entries')
    .set({ status: 'RETURNED' })
    .where('account_id', '=', accountId)
    .where('transfer_id', '=', id)
    .where('status', '=', 'BOUND')
    .execute()
}

/** All entries of a rejected file at once. */
export async function rejectEntries(tx: Tx, fileId: AchFileId): Promise<void> {
  await tx
    .updateTable('ach_entries')
    .set({ status: 'REJECTED' })
    .where('file_id', '=', fileId)
    .where('status', '=', 'BOUND')
    .execute()
}

/** Takes the next numbers for so many entries; the row stays locked, so that one file is sealed after the other. */
export async function takeSequence(tx: Tx, odfiId: string, count: number): Promise<bigint> {
  const { rows } = await sql<{ last: bigint }>`
    insert into ach_trace_sequence (odfi_id, last_number) values (${odfiId}, ${count})
    on conflict (odfi_id) do update set last_number = ach_trace_sequence.last_number + ${count}
    returning last_number as last`.execute(tx)
  return (rows[0]?.last ?? 0n) - BigInt(count) + 1n
}

type FileRow = Pick<Selectable<DB['ach_files']>, (typeof fileColumns)[number]>

function toFile(row: FileRow): AchFile {
  return {
    id: row.id as AchFileId,
    name: row.name,
    origin: row.origin,
    createdOn: row.created_on,
    createdTime: row.created_time,
    modifier: row.modifier,
    reference: row.reference,
    status: row.status as AchFileStatus,
    batches: row.batches,
    entries: row.entries,
    debitsMinor: row.debits_minor as UsdMinor,
    creditsMinor: row.credits_minor as UsdMinor,
    sha256: row.sha256,
    sealedAt: row.sealed_at,
    sentAt: row.sent_at ?? undefined,
    answerDueAt: row.answer_due_at,
    answeredAt: row.answered_at ?? undefined,
    findings: row.findings as unknown as FileFinding[],
  }
}

export function toEntry(row: Selectable<DB['ach_entries']>): AchEntry {
  return {
    id: row.id as AchEntryId,
    fileId: row.file_id as AchFileId,
    batchNumber: row.batch_number,
    lineNumber: row.line_number,
    sequence: row.sequence,
    traceNumber: row.trace_number,
    accountId: row.account_id as AccountId,
    relationshipId: row.relationship_id as RelationshipId,
    bankVersion: row.bank_version,
    purpose: row.purpose as EntryPurpose,
    transferId: (row.transfer_id ?? undefined) as TransferId | undefined,
    attempt: row.attempt,
    individualId: row.individual_id,
    transactionCode: row.transaction_code,
    amountMinor: row.amount_minor as UsdMinor,
    accountHash: row.account_hash,
    accountMask: row.account_mask,
    status: row.status as EntryStatus,
  }
}
