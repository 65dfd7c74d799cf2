import { newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { appendEvent } from '../events/append-event.ts'
import { openCashAccount } from '../ledger-accounts.ts'
import { type Account, type AccountId, AccountRejected, type Application } from './account.ts'
import { getAccount } from './account-store.ts'
import { scheduleNextStep } from './advance-account.ts'
import { cryptoPath, statusPath } from './status-path.ts'

const ADULT_YEARS = 18
const OLDEST_YEARS = 130

/** Takes an application: the account is SUBMITTED, can hold money, and its decision is on the agenda. */
export async function createAccount(ctx: BrokerContext, application: Application): Promise<Account> {
  const now = ctx.clock.now()
  checkAge(application.dateOfBirth, newYorkDate(now))
  const id = newId() as AccountId
  return transact(ctx, async (tx) => {
    await insertAccount(ctx, tx, id, application, now)
    const account = await getAccount(tx, id)
    await openCashAccount(tx, id)
    await appendEvent(tx, {
      accountId: id,
      stream: 'account',
      entityId: id,
      statusFrom: '',
      statusTo: account.status,
      at: now,
      payload: { account_number: account.accountNumber, status_from: '', status_to: account.status },
    })
    const path = statusPath(application)
    const plan = { accountId: id, from: 'SUBMITTED' } as const
    await scheduleNextStep(tx, { ...plan, side: 'status', path }, now)
    await scheduleNextStep(tx, { ...plan, side: 'crypto_status', path: cryptoPath(application, path) }, now)
    return account
  })
}

function checkAge(dateOfBirth: Temporal.PlainDate, today: Temporal.PlainDate): void {
  const { years, sign } = today.since(dateOfBirth, { largestUnit: 'years' })
  if (sign < 0 || years > OLDEST_YEARS) throw new AccountRejected('date_of_birth_impossible')
  if (years < ADULT_YEARS) throw new AccountRejected('holder_not_adult')
}

async function insertAccount(
  { cipher }: BrokerContext,
  tx: Tx,
  id: AccountId,
  application: Application,
  now: Temporal.Instant,
): Promise<void> {
  const cell = { table: 'accounts', column: 'tax_id_cipher', rowId: id }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('accounts')
    .values({
      id,
      email_key: application.emailAddress.toLowerCase(),
      status: 'SUBMITTED',
      crypto_status: application.enabledAssets.includes('crypto') ? 'SUBMITTED' : 'INACTIVE',
      account_type: 'trading',
      currency: 'USD',
      enabled_assets: JSON.stringify(application.enabledAssets),
      application: JSON.stringify(application.parts),
      tax_id_cipher: application.taxId === undefined ? null : cipher.encrypt(application.taxId, cell),
      search_text: application.searchText.toLowerCase(),
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) throw new AccountRejected('email_taken')
}
