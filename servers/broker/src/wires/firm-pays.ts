import { readBalances } from '@paddock/ledger'
import type { UsdMinor } from '@paddock/money'
import { type AccountId, AccountRejected } from '../accounts/account.ts'
import { lockAccounts } from '../accounts/account-store.ts'
import type { Tx } from '../db/database.ts'
import { FIRM_ACCOUNT_ID } from '../firm/firm-account.ts'
import { cashAccount, FIRM_BANK } from '../ledger-accounts.ts'

/** Locks the customer's account and the firm's, in the order in which everybody locks several. */
export async function lockWithFirm(tx: Tx, accountId: AccountId): Promise<void> {
  const locked = await lockAccounts(tx, [accountId, FIRM_ACCOUNT_ID])
  if (!locked.has(accountId)) throw new AccountRejected('account_not_found')
}

/**
 * From where the firm pays what it is billed: its account, or when that has too little the firm's bank, so that
 * no customer's money waits for the firm. The firm's account must be locked.
 */
export async function findFirmPayer(tx: Tx, amountMinor: UsdMinor): Promise<string> {
  const cash = cashAccount(FIRM_ACCOUNT_ID)
  const available = (await readBalances(tx, [cash])).get(cash)?.available ?? 0n
  return available >= amountMinor ? cash : FIRM_BANK
}

export const isFirmAccount = (payer: string) => payer === cashAccount(FIRM_ACCOUNT_ID)
