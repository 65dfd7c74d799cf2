import { assert } from '@paddock/kernel'
import { type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { type BankVersion, entryAccountNumber } from './bank-version.ts'
import type { RelationshipId } from './relationship.ts'
import { findRelationshipNumbers } from './relationship-store.ts'

type Cipher = Pick<BrokerContext, 'cipher'>
type Named = Pick<BankVersion, 'accountId' | 'relationshipId'>

const cell = (
  column: string,
  { relationshipId, version }: Pick<BankVersion, 'relationshipId' | 'version'>,
) => ({
  table: 'ach_bank_versions',
  column,
  rowId: `${relationshipId}:${version}`,
})

/** What entries to this bank account are written with now. The account must be locked: the first version may have to be made. */
export async function currentBank({ cipher }: Cipher, tx: Tx, named: Named): Promise<BankVersion> {
  const row = await latest(tx, named)
  if (row !== undefined) return toVersion(cipher, row)
  const numbers = await findRelationshipNumbers({ cipher }, tx, named.accountId, named.relationshipId)
  assert(numbers !== undefined, 'a relationship has numbers')
  return addVersion({ cipher }, tx, {
    ...named,
    version: 1,
    source: 'LINKED',
    answerId: undefined,
    code: undefined,
    accountNumber: numbers.bankAccountNumber,
    routingNumber: numbers.bankRoutingNumber,
    accountType: numbers.bankAccountType,
    ownerName: numbers.accountOwnerName,
    individualId: undefined,
    at: numbers.createdAt,
  })
}

/** The same for many at once, by relationship; their accounts must be locked. */
export async function currentBanks(
  { cipher }: Cipher,
  tx: Tx,
  all: readonly Named[],
): Promise<ReadonlyMap<RelationshipId, BankVersion>> {
  const ids = [...new Set(all.map(({ relationshipId }) => relationshipId))]
  const { rows } = await sql<Selectable<DB['ach_bank_versions']>>`
    select distinct on (account_id, relationship_id) * from ach_bank_versions
    where relationship_id = any(${ids}::uuid[])
    order by account_id, relationship_id, version desc`.execute(tx)
  const banks = new Map(rows.map((row) => [row.relationship_id as RelationshipId, toVersion(cipher, row)]))
  for (const named of all) {
    const { relationshipId } = named
    if (!banks.has(relationshipId)) banks.set(relationshipId, await currentBank({ cipher }, tx, named))
  }
  return banks
}

/** The latest versions of an account's banks that were corrected; those as linked are not in it. */
export async function listCorrectedBanks(
  { cipher }: Cipher,
  db: Db,
  accountId: AccountId,
): Promise<ReadonlyMap<string, BankVersion>> {
  const { rows } = await sql<Selectable<DB['ach_bank_versions']>>`
    select distinct on (relationship_id) * from ach_bank_versions
    where account_id = ${accountId} and version > 1
    order by relationship_id, version desc`.execute(db)
  return new Map(rows.map((row) => [row.relationship_id, toVersion(cipher, row)]))
}

/** All that a bank account ever was, oldest first. */
export async function listBankVersions({ cipher }: Cipher, db: Db, named: Named): Promise<BankVersion[]> {
  const rows = await db
    .selectFrom('ach_bank_versions')
    .selectAll()
    .where('account_id', '=', named.accountId)
    .where('relationship_id', '=', named.relationshipId)
    .orderBy('version')
    .execute()
  return rows.map((row) => toVersion(cipher, row))
}

export type NewVersion = Omit<BankVersion, 'accountHash' | 'accountMask'> & { readonly at: Temporal.Instant }

export async function addVersion({ cipher }: Cipher, tx: Tx, version: NewVersion): Promise<BankVersion> {
  const accountHash = hashOfAccount(cipher, version.accountNumber)
  const accountMask = version.accountNumber.slice(-4)
  await tx
    .insertInto('ach_bank_versions')
    .values({
      account_id: version.accountId,
      relationship_id: version.relationshipId,
      version: version.version,
      source: version.source,
      answer_id: version.answerId ?? null,
      code: version.code ?? null,
      account_number_cipher: cipher.encrypt(version.accountNumber, cell('account_number_cipher', version)),
      routing_number_cipher: cipher.encrypt(version.routingNumber, cell('routing_number_cipher', version)),
      account_hash: accountHash,
      account_mask: accountMask,
      bank_account_type: version.accountType,
      owner_name: version.ownerName,
      individual_id: version.individualId ?? null,
      created_at: version.at,
    })
    .execute()
  const { at: _at, ...rest } = version
  return { ...rest, accountHash, accountMask }
}

/** What tells that two account numbers are the same, without saying which. */
export const hashOfAccount = (cipher: BrokerContext['cipher'], accountNumber: string): string =>
  cipher.blindIndex(`ach account ${entryAccountNumber(accountNumber)}`)

function latest(db: Db, { accountId, relationshipId }: Named) {
  return db
    .selectFrom('ach_bank_versions')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('relationship_id', '=', relationshipId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

function toVersion(cipher: BrokerContext['cipher'], row: Selectable<DB['ach_bank_versions']>): BankVersion {
  const named = { relationshipId: row.relationship_id as RelationshipId, version: row.version }
  return {
    ...named,
    accountId: row.account_id as AccountId,
    source: row.source as BankVersion['source'],
    answerId: row.answer_id ?? undefined,
    code: row.code ?? undefined,
    accountNumber: cipher.decrypt(row.account_number_cipher, cell('account_number_cipher', named)),
    routingNumber: cipher.decrypt(row.routing_number_cipher, cell('routing_number_cipher', named)),
    accountHash: row.account_hash,
    accountMask: row.account_mask,
    accountType: row.bank_account_type as BankVersion['accountType'],
    ownerName: row.owner_name,
    individualId: row.individual_id ?? undefined,
  }
}
