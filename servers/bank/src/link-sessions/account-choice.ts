import type { AccountFilters } from '@paddock/bank-wire'
import type { BankAccount } from '../bank-accounts/bank-account.ts'
import { type DraftAccount, isPayable } from '../personas/draft-account.ts'
import type { LinkRequest } from './link-token.ts'

export interface AccountChoice {
  /** The account's place at the bank: it has no id until it is shared. */
  key: string
  account: BankAccount
  /** Why it cannot be chosen; null when it can. */
  reason: 'not_payable' | null
}

/**
 * The accounts that the person is shown. Those of a kind that the client filtered out are hidden; with
 * `auth` asked for, those that cannot receive transfers are shown but not offered (contracts/plaid/link.md §3).
 */
export function accountChoices(request: LinkRequest, accounts: readonly BankAccount[]): AccountChoice[] {
  const needsPayable = request.products.includes('auth')
  return accounts
    .map((account, position): AccountChoice => {
      const reason = needsPayable && !isPayable(account) ? 'not_payable' : null
      return { key: String(position), account, reason }
    })
    .filter(({ account }) => passes(request.accountFilters, account))
}

/** For moving money one account is chosen; for looking at data, as many as the person likes. */
export function selectionOf(request: LinkRequest): 'one' | 'many' {
  return request.products.includes('auth') ? 'one' : 'many'
}

function passes(filters: AccountFilters | null, account: DraftAccount): boolean {
  if (filters === null) return true
  const subtypes = filters[account.type]?.account_subtypes
  return subtypes?.some((subtype) => subtype === 'all' || subtype === account.subtype) ?? false
}
