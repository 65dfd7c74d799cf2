import type { PlatformContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import { secretHash } from '../identity/secret.ts'
import type { UserId } from '../identity/user.ts'

/** One linked bank login. Its access token is decrypted only here. */
export interface LinkedBank {
  readonly userId: UserId
  readonly id: string
  readonly institutionName: string
  readonly accessToken: string
  readonly linkedAt: Temporal.Instant
}

const cellOf = (userId: UserId, id: string) => ({
  table: 'banks',
  column: 'access_token_cipher',
  rowId: `${userId}/${id}`,
})

export async function insertBank(
  { db, cipher }: PlatformContext,
  bank: LinkedBank & { itemId: string; publicToken: string },
): Promise<void> {
  await db
    .insertInto('banks')
    .values({
      user_id: bank.userId,
      id: bank.id,
      item_id: bank.itemId,
      institution_name: bank.institutionName,
      access_token_cipher: cipher.encrypt(bank.accessToken, cellOf(bank.userId, bank.id)),
      public_token_hash: secretHash(bank.publicToken),
      linked_at: bank.linkedAt,
    })
    .execute()
}

export async function findBank(
  ctx: PlatformContext,
  userId: UserId,
  by: { id: string } | { publicToken: string },
): Promise<LinkedBank | undefined> {
  const banks = await readBanks(ctx, userId, by)
  return banks[0]
}

export function listLinkedBanks(ctx: PlatformContext, userId: UserId): Promise<LinkedBank[]> {
  return readBanks(ctx, userId)
}

async function readBanks(
  { db, cipher }: PlatformContext,
  userId: UserId,
  by?: { id: string } | { publicToken: string },
): Promise<LinkedBank[]> {
  let query = db
    .selectFrom('banks')
    .selectAll()
    .where('user_id', '=', userId)
    .where('removed_at', 'is', null)
    .orderBy('linked_at')
    .orderBy('id')
  if (by !== undefined && 'id' in by) query = query.where('id', '=', by.id)
  if (by !== undefined && 'publicToken' in by) {
    query = query.where('public_token_hash', '=', secretHash(by.publicToken))
  }
  const rows = await query.execute()
  return rows.map((row) => ({
    userId,
    id: row.id,
    institutionName: row.institution_name,
    accessToken: cipher.decrypt(row.access_token_cipher, cellOf(userId, row.id)),
    linkedAt: row.linked_at,
  }))
}

export async function markBankRemoved(db: Db, bank: LinkedBank, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('banks')
    .set({ removed_at: now, access_token_cipher: '' })
    .where('user_id', '=', bank.userId)
    .where('id', '=', bank.id)
    .execute()
}

/** Which account of which bank a processor token stands for. */
export interface ProcessorTokenSource {
  readonly bankId: string
  readonly bankAccountId: string
  readonly accountMask: string | null
  readonly accountSubtype: string | null
}

export async function insertProcessorToken(
  db: Db,
  userId: UserId,
  token: string,
  source: ProcessorTokenSource,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .insertInto('processor_tokens')
    .values({
      user_id: userId,
      token_hash: secretHash(token),
      bank_id: source.bankId,
      bank_account_id: source.bankAccountId,
      account_mask: source.accountMask,
      account_subtype: source.accountSubtype,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Notes that a relationship of the broker's came from this token, if we made the token. */
export async function linkFunding(
  tx: Tx,
  userId: UserId,
  token: string,
  relationshipId: string,
  now: Temporal.Instant,
): Promise<void> {
  const source = await tx
    .selectFrom('processor_tokens')
    .selectAll()
    .where('user_id', '=', userId)
    .where('token_hash', '=', secretHash(token))
    .executeTakeFirst()
  if (source === undefined) return
  await tx
    .insertInto('funding_links')
    .values({
      user_id: userId,
      relationship_id: relationshipId,
      bank_id: source.bank_id,
      bank_account_id: source.bank_account_id,
      account_mask: source.account_mask,
      account_subtype: source.account_subtype,
      created_at: now,
    })
    .execute()
}

export async function listFundingLinks(db: Db, userId: UserId) {
  const rows = await db.selectFrom('funding_links').selectAll().where('user_id', '=', userId).execute()
  return rows.map((row) => ({
    relationshipId: row.relationship_id,
    bankId: row.bank_id,
    bankAccountId: row.bank_account_id,
    accountMask: row.account_mask,
    accountSubtype: row.account_subtype,
  }))
}

/** Whether this processor token was made here for another user: then it is as good as unknown. */
export async function isTokenOfAnother(db: Db, userId: UserId, token: string): Promise<boolean> {
  const row = await db
    .selectFrom('processor_tokens')
    .select('user_id')
    .where('token_hash', '=', secretHash(token))
    .where('user_id', '!=', userId)
    .executeTakeFirst()
  return row !== undefined
}
