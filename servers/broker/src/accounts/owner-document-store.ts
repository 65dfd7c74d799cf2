import { newId } from '@paddock/kernel'
import type { FieldCipher } from '@paddock/service'
import type { Db, Tx } from '../db/database.ts'
import type { AccountId, DocumentContent, OwnerDocument, SubmittedDocument } from './account.ts'

const cellOf = (id: string) => ({ table: 'owner_documents', column: 'content_cipher', rowId: id })

/** Keeps papers with their contents encrypted. Ids are ours: what a caller calls its file is not taken over. */
export async function insertOwnerDocuments(
  tx: Tx,
  cipher: FieldCipher,
  accountId: AccountId,
  documents: readonly SubmittedDocument[],
  now: Temporal.Instant,
): Promise<void> {
  if (documents.length === 0) return
  const rows = documents.map(({ documentType, documentSubType, content }) => {
    const id = newId()
    return {
      account_id: accountId,
      id,
      document_type: documentType,
      document_sub_type: documentSubType ?? null,
      mime_type: content?.mimeType ?? null,
      content_cipher:
        content === undefined ? null : cipher.encrypt(content.bytes.toString('base64'), cellOf(id)),
      size_bytes: content?.bytes.length ?? 0,
      created_at: now,
    }
  })
  await tx.insertInto('owner_documents').values(rows).execute()
}

/** What the owners sent, oldest first, without the contents. */
export async function listOwnerDocuments(
  db: Db,
  accountIds: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, readonly OwnerDocument[]>> {
  if (accountIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('owner_documents')
    .select(['account_id', 'id', 'document_type', 'document_sub_type', 'mime_type', 'created_at'])
    .where('account_id', 'in', [...accountIds])
    .orderBy('place')
    .execute()
  const byAccount = Map.groupBy(rows, ({ account_id }) => account_id as AccountId)
  return new Map(
    [...byAccount].map(([accountId, own]) => [
      accountId,
      own.map((row) => ({
        id: row.id,
        documentType: row.document_type,
        documentSubType: row.document_sub_type ?? undefined,
        mimeType: row.mime_type ?? undefined,
        createdAt: row.created_at,
      })),
    ]),
  )
}

export type OwnerDocumentFile = DocumentContent & { readonly documentType: string }

export async function findOwnerDocumentFile(
  db: Db,
  cipher: FieldCipher,
  accountId: AccountId,
  id: string,
): Promise<OwnerDocumentFile | undefined> {
  const row = await db
    .selectFrom('owner_documents')
    .select(['document_type', 'mime_type', 'content_cipher'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row?.content_cipher == null) return undefined
  return {
    documentType: row.document_type,
    mimeType: row.mime_type ?? undefined,
    bytes: Buffer.from(cipher.decrypt(row.content_cipher, cellOf(id)), 'base64'),
  }
}
