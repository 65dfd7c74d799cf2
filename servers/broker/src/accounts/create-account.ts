import { newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { appendEvent } from '../events/append-event.ts'
import { openCashAccount } from '../ledger-accounts.ts'
import { type Account, type AccountId, AccountRejected, type Application } from './account.ts'
import { getAccount } from './account-store.ts'
import { scheduleSteps } from './change-status.ts'
import { insertOwnerDocuments } from './owner-document-store.ts'
import { searchTextOf } from './search-text.ts'
import { firstStatus, statusPath } from './status-path.ts'
import { encryptFurtherTaxIds, encryptTaxId } from './tax-ids.ts'

const ADULT_YEARS = 18
const OLDEST_YEARS = 130

/** Takes an application: the account has its first status, can hold money, and its decision is on the agenda. */
export async function createAccount(ctx: BrokerContext, application: Application): Promise<Account> {
  const now = ctx.clock.now()
  checkAge(application.dateOfBirth, newYorkDate(now))
  const id = newId() as AccountId
  return transact(ctx, async (tx) => {
    await insertAccount(ctx, tx, id, application, now)
    await insertOwnerDocuments(tx, ctx.cipher, id, application.documents, now)
    const account = await getAccount(tx, id)
    await openCashAccount(tx, id)
    await appendFirstEvent(tx, account, now)
    // What begins with an identity check is decided when that was passed.
    if (account.status === 'SUBMITTED') {
      const plan = { accountId: id, side: 'status', from: 'SUBMITTED', path: statusPath(account) } as const
      await scheduleSteps(tx, plan, now)
    }
    return account
  })
}

export function checkAge(dateOfBirth: Temporal.PlainDate, today: Temporal.PlainDate): void {
  const { years, sign } = today.since(dateOfBirth, { largestUnit: 'years' })
  if (sign < 0 || years > OLDEST_YEARS) throw new AccountRejected('date_of_birth_impossible')
  if (years < ADULT_YEARS) throw new AccountRejected('holder_not_adult')
}

async function appendFirstEvent(tx: Tx, account: Account, now: Temporal.Instant): Promise<void> {
  const { id, accountNumber, status, cryptoStatus } = account
  const crypto = { crypto_status_from: '', crypto_status_to: cryptoStatus }
  await appendEvent(tx, {
    accountId: id,
    stream: 'account',
    entityId: id,
    statusFrom: '',
    statusTo: status,
    at: now,
    payload: {
      account_number: accountNumber,
      status_from: '',
      status_to: status,
      ...(cryptoStatus === 'INACTIVE' ? {} : crypto),
    },
  })
}

async function insertAccount(
  { cipher }: BrokerContext,
  tx: Tx,
  id: AccountId,
  application: Application,
  now: Temporal.Instant,
): Promise<void> {
  const { taxId, furtherTaxIds, tradingConfigurations } = application
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('accounts')
    .values({
      id,
      email_key: application.emailAddress.toLowerCase(),
      status: firstStatus(application),
      crypto_status: application.enabledAssets.includes('crypto') ? 'SUBMITTED' : 'INACTIVE',
      account_type: application.accountType,
      currency: 'USD',
      enabled_assets: JSON.stringify(application.enabledAssets),
      application: JSON.stringify(application.parts),
      tax_id_cipher: taxId === undefined ? null : encryptTaxId(cipher, id, taxId),
      further_tax_ids_cipher:
        furtherTaxIds === undefined ? null : encryptFurtherTaxIds(cipher, id, furtherTaxIds),
      additional_information: application.additionalInformation ?? null,
      trading_configurations:
        tradingConfigurations === undefined ? null : JSON.stringify(tradingConfigurations),
      search_text: searchTextOf(application.parts),
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) throw new AccountRejected('email_taken')
}
