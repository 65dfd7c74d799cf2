import { newYorkDate } from '@paddock/calendar'
import { post } from '@paddock/ledger'
import type { UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { insertActivity } from '../activities/book-activity.ts'
import type { Tx } from '../db/database.ts'
import { cashAccount, FIRM_BANK, openCashAccount } from '../ledger-accounts.ts'

/**
 * The firm's own account, from which journals pay rewards and fees come back to. It is an account like any
 * other, may trade and be asked for by its id, but is in no list of customers.
 */
export const FIRM_ACCOUNT_ID = 'f1f10000-0000-4000-8000-000000000001' as AccountId
export const FIRM_ACCOUNT_NUMBER = '730000001'

/** What the firm begins with, as in the vendor's sandbox (contracts/alpaca/journals.md). */
const OPENING_MINOR = 50_000_00n as UsdMinor

const OPENING_ACTIVITY_ID = 'f1f10000-0000-4000-8000-000000000002'

/** Opens the firm's account with its first money. Safe to repeat at each start: then it changes nothing. */
export async function openFirmAccount(tx: Tx, now: Temporal.Instant): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('accounts')
    .values({
      id: FIRM_ACCOUNT_ID,
      account_number: FIRM_ACCOUNT_NUMBER,
      email_key: 'firm@paddock.invalid',
      status: 'ACTIVE',
      crypto_status: 'ACTIVE',
      account_type: 'firm',
      currency: 'USD',
      enabled_assets: JSON.stringify(['us_equity', 'crypto']),
      application: JSON.stringify({}),
      search_text: 'firm',
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) return
  await openCashAccount(tx, FIRM_ACCOUNT_ID)
  await post(tx, [
    {
      type: 'post',
      id: 'firm:opening',
      from: FIRM_BANK,
      to: cashAccount(FIRM_ACCOUNT_ID),
      amount: OPENING_MINOR,
      cause: { kind: 'firm', id: FIRM_ACCOUNT_ID, step: 'opening' },
      at: now,
    },
  ])
  await insertActivity(tx, {
    accountId: FIRM_ACCOUNT_ID,
    id: OPENING_ACTIVITY_ID,
    type: 'CSD',
    status: 'executed',
    at: now,
    settlesOn: newYorkDate(now),
    netAmountMinor: OPENING_MINOR,
    description: "the firm's first money",
    details: {},
  })
}
