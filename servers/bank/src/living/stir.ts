import { newYorkDate } from '@paddock/calendar'
import type { BookedAccount } from '../bank-accounts/bank-account.ts'
import { houseAccount } from '../bank-accounts/bank-account-store.ts'
import { holdAvailable, lockAccounts } from '../bank-accounts/post-movement.ts'
import type { Tx } from '../db/database.ts'
import { findMerchant, recognizeMerchant } from '../merchants/catalog.ts'
import { type BankTransaction, putTransactions } from './bank-transaction.ts'
import { type Life, saveLife } from './life-store.ts'
import { book, type Living, nextNo } from './live.ts'
import { randomFrom } from './random.ts'
import type { Method } from './routine.ts'

/** What a refresh brings to the user whose transactions move. */
const NEW_PENDING = ['heron', 'grocers', 'wheelhouse']

/**
 * A refresh of the vendor's dynamic user: all that is pending posts, one that had posted costs a dollar
 * more, and new ones are pending.
 */
export async function stir(tx: Tx, life: Life, accounts: readonly BookedAccount[], now: Temporal.Instant) {
  const living = await beginStirring(tx, life, accounts, now)
  life.refreshes += 1
  const random = randomFrom(`${life.seed}|refresh|${life.refreshes}`)
  const rows = await listCurrent(tx, accounts)
  const posted = rows.filter(({ state, amountMinor }) => state === 'posted' && amountMinor < 0n)
  for (const pending of rows.filter(({ state }) => state === 'pending'))
    await postPending(living, pending, now)
  if (posted.length > 0) {
    const dearer = random.pick(posted)
    const account = accountOf(living, dearer.accountId)
    await book(living, account, `${dearer.id}.dearer.${life.refreshes}`, dearer.name, -1_00n, now)
    living.changes.push({ ...dearer, amountMinor: dearer.amountMinor - 1_00n, changedNo: nextNo(life) })
  }
  for (const merchantId of NEW_PENDING) {
    const account = random.pick(accounts)
    const merchant = findMerchant(merchantId)
    const amountMinor = random.between(-60_00n, -4_00n)
    await holdAvailable(tx, account.id, amountMinor)
    living.changes.push({
      ...facts(account.id, `refresh.${life.refreshes}.${merchantId}.pending`, now),
      changedNo: nextNo(life),
      state: 'pending',
      amountMinor,
      name: (merchant?.name ?? merchantId).toUpperCase(),
      merchantId,
      category: merchant?.category ?? 'OTHER_OTHER',
      confidence: 'VERY_HIGH',
      method: 'in_store',
    })
  }
  await putTransactions(tx, living.changes)
  await saveLife(tx, life)
}

/** A transaction that a developer writes down: booked at once. */
export interface Written {
  name: string
  amountMinor: bigint
  authorizedOn: Temporal.PlainDate
  postedOn: Temporal.PlainDate
}

export async function writeDown(
  tx: Tx,
  life: Life,
  accounts: readonly BookedAccount[],
  written: readonly Written[],
  now: Temporal.Instant,
): Promise<void> {
  const account = accounts.find(({ type }) => type === 'depository')
  if (account === undefined) return
  const living = await beginStirring(tx, life, accounts, now)
  for (const one of written) {
    const changedNo = nextNo(life)
    const merchant = recognizeMerchant(one.name)
    const id = `written.${changedNo}`
    await book(living, account, id, one.name, one.amountMinor, now)
    living.changes.push({
      ...facts(account.id, id, now),
      changedNo,
      state: 'posted',
      amountMinor: one.amountMinor,
      name: one.name,
      merchantId: merchant?.id ?? null,
      category: merchant?.category ?? (one.amountMinor > 0n ? 'INCOME_OTHER' : 'OTHER_OTHER'),
      confidence: merchant === undefined ? 'LOW' : 'VERY_HIGH',
      method: 'manual',
      date: one.postedOn,
      authorizedOn: one.authorizedOn,
    })
  }
  await putTransactions(tx, living.changes)
  await saveLife(tx, life)
}

async function beginStirring(
  tx: Tx,
  life: Life,
  accounts: readonly BookedAccount[],
  now: Temporal.Instant,
): Promise<Living> {
  const outside: string[] = []
  for (const { currency } of accounts) outside.push(await houseAccount(tx, 'outside', now, currency))
  await lockAccounts(tx, [...accounts.map(({ id }) => id), ...outside])
  return { tx, life, accounts: new Map(accounts.map((account, index) => [index, account])), changes: [] }
}

async function postPending(living: Living, pending: BankTransaction, now: Temporal.Instant): Promise<void> {
  const { tx, life, changes } = living
  const account = accountOf(living, pending.accountId)
  const id = pending.id.replace(/\.pending$/, '')
  if (pending.amountMinor < 0n) await holdAvailable(tx, account.id, -pending.amountMinor)
  changes.push({ ...pending, state: 'removed', changedNo: nextNo(life) })
  await book(living, account, id, pending.name, pending.amountMinor, now)
  const posted = { state: 'posted', date: newYorkDate(now), pendingId: pending.id } as const
  changes.push({ ...pending, ...posted, id, changedNo: nextNo(life) })
}

function accountOf({ accounts }: Living, id: string): BookedAccount {
  const account = [...accounts.values()].find((one) => one.id === id)
  if (account === undefined) throw new Error('a transaction is of an account of its login')
  return account
}

function facts(accountId: string, id: string, now: Temporal.Instant) {
  const on = newYorkDate(now)
  return { accountId, id, date: on, authorizedOn: on, pendingId: null, entrySeq: null }
}

async function listCurrent(tx: Tx, accounts: readonly BookedAccount[]): Promise<BankTransaction[]> {
  const ids = accounts.map(({ id }) => id)
  const rows = await tx
    .selectFrom('bank_transactions')
    .selectAll()
    .where('account_id', 'in', ids)
    .where('state', '<>', 'removed')
    .orderBy('changed_no')
    .execute()
  return rows.map((row) => ({
    accountId: row.account_id,
    id: row.id,
    changedNo: row.changed_no,
    state: row.state as BankTransaction['state'],
    amountMinor: row.amount_minor,
    name: row.name,
    merchantId: row.merchant_id,
    category: row.category,
    confidence: row.confidence,
    method: row.method as Method,
    date: row.date,
    authorizedOn: row.authorized_on,
    pendingId: row.pending_id,
    entrySeq: row.entry_seq,
  }))
}
