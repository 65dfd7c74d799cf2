import type { Selectable } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { Db, Tx } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import type { DocumentId, DocumentType, IssuedDocument } from './document.ts'
import type { DocumentFacts } from './document-facts.ts'

export type NewDocument = IssuedDocument & { readonly facts: DocumentFacts }

/** Keeps what was issued; what was already issued for that day stays as it is. */
export async function insertDocuments(tx: Tx, documents: readonly NewDocument[]): Promise<void> {
  if (documents.length === 0) return
  await tx
    .insertInto('issued_documents')
    .values(
      documents.map((document) => ({
        account_id: document.accountId,
        id: document.id,
        type: document.type,
        sub_type: document.subType ?? null,
        date: document.date,
        facts: JSON.stringify(document.facts),
        issued_at: document.issuedAt,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The accounts that have a document of this type and day already. */
export async function listIssued(
  db: Db,
  type: DocumentType,
  date: Temporal.PlainDate,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('issued_documents')
    .select('account_id')
    .where('type', '=', type)
    .where('date', '=', date)
    .execute()
  return new Set(rows.map(({ account_id }) => account_id))
}

export type DocumentFilter = {
  readonly accountId: AccountId
  readonly types: readonly DocumentType[]
  /** Both days included. */
  readonly start: Temporal.PlainDate | undefined
  readonly end: Temporal.PlainDate | undefined
}

/** Newest first. */
export async function listDocuments(db: Db, filter: DocumentFilter): Promise<IssuedDocument[]> {
  if (filter.types.length === 0) return []
  let query = db
    .selectFrom('issued_documents')
    .select(['account_id', 'id', 'type', 'sub_type', 'date', 'issued_at'])
    .where('account_id', '=', filter.accountId)
    .where('type', 'in', filter.types)
  if (filter.start !== undefined) query = query.where('date', '>=', filter.start)
  if (filter.end !== undefined) query = query.where('date', '<=', filter.end)
  const rows = await query.orderBy('date', 'desc').orderBy('type').orderBy('id').limit(10_000).execute()
  return rows.map(toDocument)
}

export type KeptDocument = IssuedDocument & {
  readonly facts: DocumentFacts
  readonly bytes: Buffer | undefined
}

/** By its id alone, or by its account and id. */
export async function findDocument(
  db: Db,
  id: DocumentId,
  accountId?: AccountId,
): Promise<KeptDocument | undefined> {
  let query = db.selectFrom('issued_documents').selectAll().where('id', '=', id)
  if (accountId !== undefined) query = query.where('account_id', '=', accountId)
  const row = await query.executeTakeFirst()
  if (row === undefined) return undefined
  return {
    ...toDocument(row),
    facts: row.facts as unknown as DocumentFacts,
    bytes: row.bytes ?? undefined,
  }
}

/** Keeps the first bytes that were made of a document and answers the ones that are kept. */
export async function keepBytes(db: Db, { accountId, id }: IssuedDocument, bytes: Buffer): Promise<Buffer> {
  await db
    .updateTable('issued_documents')
    .set({ bytes })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('bytes', 'is', null)
    .execute()
  return (await findDocument(db, id, accountId))?.bytes ?? bytes
}

function toDocument(
  row: Pick<
    Selectable<DB['issued_documents']>,
    'account_id' | 'id' | 'type' | 'sub_type' | 'date' | 'issued_at'
  >,
): IssuedDocument {
  return {
    accountId: row.account_id as AccountId,
    id: row.id as DocumentId,
    type: row.type as DocumentType,
    subType: row.sub_type ?? undefined,
    date: row.date,
    issuedAt: row.issued_at,
  }
}
