import { ledgerAccountId, type NewAccount } from '@paddock/ledger'
import type { AccountId } from '../accounts/account.ts'
import { cashAccount } from '../ledger-accounts.ts'

/** The ledger accounts between which one customer's trades in one asset move. */
export interface TradingBooks {
  readonly cash: string
  readonly shares: string
  /** The firm's side of every trade: what it owes, or is owed by, the market. */
  readonly streetCash: string
  readonly streetShares: string
  readonly commission: string
}

const FIRM = 'firm'

export function booksOf(accountId: AccountId, symbol: string): TradingBooks {
  return {
    cash: cashAccount(accountId),
    shares: ledgerAccountId(accountId, 'shares', symbol),
    streetCash: ledgerAccountId(FIRM, 'street', 'USD'),
    streetShares: ledgerAccountId(FIRM, 'street', symbol),
    commission: ledgerAccountId(FIRM, 'commission', 'USD'),
  }
}

/** The same accounts as the ledger must be told of them: customers cannot go below zero, the firm may. */
export function newBooksOf(accountId: AccountId, symbol: string): NewAccount[] {
  const { cash, shares, streetCash, streetShares, commission } = booksOf(accountId, symbol)
  return [
    { id: cash, owner: accountId, kind: 'cash', asset: 'USD', floor: 0n },
    { id: shares, owner: accountId, kind: 'shares', asset: symbol, floor: 0n },
    { id: streetCash, owner: FIRM, kind: 'street', asset: 'USD', floor: null },
    { id: streetShares, owner: FIRM, kind: 'street', asset: symbol, floor: null },
    { id: commission, owner: FIRM, kind: 'commission', asset: 'USD', floor: null },
  ]
}
