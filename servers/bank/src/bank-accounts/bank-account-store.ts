import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { BankAccounts } from '../db/schema.ts'
import type { Described } from '../personas/draft-account.ts'
import type { AccountState, BookedAccount } from './bank-account.ts'

/** The accounts of one login, in the order of its list. */
export async function listAccountsOfLogin(
  db: Db | Tx,
  institutionId: string,
  loginKey: string,
): Promise<BookedAccount[]> {
  const rows = await db
    .selectFrom('bank_accounts')
    .selectAll()
    .where('institution_id', '=', institutionId)
    .where('login_key', '=', loginKey)
    .orderBy('position')
    .execute()
  return rows.map(toBooked)
}

/** The account that this number reaches; of several, the one that had it last. */
export async function findAccountByIndex(
  db: Db | Tx,
  numberIndex: string,
): Promise<BookedAccount | undefined> {
  const row = await db
    .selectFrom('bank_account_numbers as number')
    .innerJoin('bank_accounts as account', 'account.id', 'number.account_id')
    .selectAll('account')
    .where('number.number_index', '=', numberIndex)
    .orderBy('number.seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : toBooked(row)
}

export async function findBookedAccount(
  db: Db | Tx,
  id: string,
  { forUpdate = false }: { forUpdate?: boolean } = {},
): Promise<BookedAccount | undefined> {
  const query = db.selectFrom('bank_accounts').selectAll().where('id', '=', id)
  const row = await (forUpdate ? query.forUpdate() : query).executeTakeFirst()
  return row === undefined ? undefined : toBooked(row)
}

/** The customers' accounts, those opened last first. */
export async function listBookedAccounts(db: Db, limit: number): Promise<BookedAccount[]> {
  const rows = await db
    .selectFrom('bank_accounts')
    .selectAll()
    .where('kind', '=', 'customer')
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toBooked)
}

/** Adds a customer's account with nothing on it; answers whether it was not there yet. */
export async function insertCustomerAccount(
  tx: Tx,
  account: Omit<BookedAccount, 'state' | 'balanceMinor' | 'entryCount'> & {
    openedAt: Temporal.Instant
    described: Described | null
  },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('bank_accounts')
    .values({
      id: account.id,
      kind: 'customer',
      institution_id: account.institutionId,
      login_key: account.loginKey,
      position: account.position,
      type: account.type,
      subtype: account.subtype,
      currency: account.currency,
      available_minor: account.availableMinor,
      overdraft_minor: account.overdraftMinor,
      opened_at: account.openedAt,
      described: account.described === null ? null : JSON.stringify(account.described),
    })
    .onConflict((conflict) => conflict.columns(['institution_id', 'login_key', 'position']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export async function addNumber(tx: Db | Tx, accountId: string, numberIndex: string): Promise<void> {
  await tx
    .insertInto('bank_account_numbers')
    .values({ account_id: accountId, number_index: numberIndex })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function setAccountState(db: Db | Tx, id: string, state: AccountState): Promise<void> {
  await db.updateTable('bank_accounts').set({ state }).where('id', '=', id).execute()
}

export async function setOverdraft(tx: Tx, id: string, overdraftMinor: bigint): Promise<void> {
  await tx
    .updateTable('bank_accounts')
    .set({ overdraft_minor: overdraftMinor })
    .where('id', '=', id)
    .execute()
}

/** One of the bank's own accounts, opened when it is first needed. */
export async function houseAccount(
  tx: Tx,
  name: string,
  at: Temporal.Instant,
  currency = 'USD',
): Promise<string> {
  const id = `${name}.${currency}`
  await tx
    .insertInto('bank_accounts')
    .values({ id, kind: 'house', type: 'other', subtype: name, currency, opened_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return id
}

export interface BookedEntry {
  seq: bigint
  amountMinor: bigint
  balanceMinor: bigint
  kind: string
  description: string
  reference: string | null
  at: Temporal.Instant
}

/** When each of these accounts was last moved; one that never was is left out. */
export async function listLastMoved(
  db: Db | Tx,
  accountIds: readonly string[],
): Promise<Map<string, Temporal.Instant>> {
  if (accountIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('bank_entries as entry')
    .innerJoin('bank_movements as movement', 'movement.id', 'entry.movement_id')
    .select((row) => ['entry.account_id', row.fn.max('movement.at').as('at')])
    .where('entry.account_id', 'in', [...accountIds])
    .groupBy('entry.account_id')
    .execute()
  return new Map(rows.map(({ account_id, at }) => [account_id, at]))
}

/** What happened on an account, the last first. */
export async function listEntries(db: Db | Tx, accountId: string, limit: number): Promise<BookedEntry[]> {
  const rows = await db
    .selectFrom('bank_entries as entry')
    .innerJoin('bank_movements as movement', 'movement.id', 'entry.movement_id')
    .select([
      'entry.seq',
      'entry.amount_minor',
      'entry.balance_minor',
      'entry.reference',
      'movement.kind',
      'movement.description',
      'movement.at',
    ])
    .where('entry.account_id', '=', accountId)
    .orderBy('entry.seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    seq: row.seq,
    amountMinor: row.amount_minor,
    balanceMinor: row.balance_minor,
    kind: row.kind,
    description: row.description,
    reference: row.reference,
    at: row.at,
  }))
}

function toBooked(row: Selectable<BankAccounts>): BookedAccount {
  return {
    id: row.id,
    institutionId: row.institution_id,
    loginKey: row.login_key,
    position: row.position,
    type: row.type,
    subtype: row.subtype,
    currency: row.currency,
    state: row.state as AccountState,
    balanceMinor: row.balance_minor,
    availableMinor: row.available_minor,
    overdraftMinor: row.overdraft_minor,
    entryCount: row.entry_count,
  }
}
