import type { AccountFilters } from '@paddock/bank-wire'
import type { BankAccount } from '../bank-accounts/bank-account.ts'
import type { BankContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import { listAccounts } from '../items/account-store.ts'
import { findItem } from '../items/item-store.ts'
import { type DraftAccount, isPayable } from '../personas/draft-account.ts'
import { BankRefused } from '../refusals.ts'
import type { LinkRequest, LinkToken } from './link-token.ts'

export interface AccountChoice {
  /** The account's place at the bank: it has no id until it is shared. */
  key: string
  account: BankAccount
  /** Why it cannot be chosen; null when it can. */
  reason: 'not_payable' | null
  /** The item has it already. */
  isShared: boolean
}

export interface AccountOffer {
  /** `none` in update mode, where the accounts stay as they are unless the client asked for more. */
  selection: 'one' | 'many' | 'none'
  choices: AccountChoice[]
}

/** What the person may choose from, among the accounts under a login. */
export async function offerAccounts(
  ctx: BankContext,
  db: Db | Tx,
  { clientId, request, updateItemId }: LinkToken,
  accounts: readonly BankAccount[],
): Promise<AccountOffer> {
  if (updateItemId === null) return firstOffer(request, accounts)
  if (request.selectsAccounts !== true) return { selection: 'none', choices: [] }
  const found = await findItem(db, clientId, updateItemId)
  if (found === undefined || found.removed) throw new BankRefused('item_removed')
  const shared = await listAccounts(ctx, db, found.item)
  const sharedIds = new Set(shared.map(({ bankAccountId }) => bankAccountId))
  return { selection: 'many', choices: accountChoices(request, found.item.products, accounts, sharedIds) }
}

/** Refused unless these are accounts that were offered, and as many as may be chosen. */
export function pickAccounts({ selection, choices }: AccountOffer, keys: readonly string[]): BankAccount[] {
  const offered = choices.filter(({ reason }) => reason === null)
  if (keys.some((key) => !offered.some((choice) => choice.key === key))) {
    throw new BankRefused('account_not_offered')
  }
  const chosen = offered.filter(({ key }) => keys.includes(key))
  if (chosen.length === 0) throw new BankRefused('no_accounts')
  if (selection === 'one' && chosen.length > 1) throw new BankRefused('one_account_only')
  return chosen.map(({ account }) => account)
}

/** For moving money one account is chosen; for looking at data, as many as the person likes. */
function firstOffer(request: LinkRequest, accounts: readonly BankAccount[]): AccountOffer {
  const choices = accountChoices(request, request.products, accounts, new Set())
  if (!choices.some(({ reason }) => reason === null)) {
    throw new BankRefused(request.products.includes('auth') ? 'no_auth_accounts' : 'no_accounts')
  }
  return { selection: request.products.includes('auth') ? 'one' : 'many', choices }
}

/**
 * The accounts that the person is shown. Those of a kind that the client filtered out are hidden; with
 * `auth` asked for, those that cannot receive transfers are shown but not offered (contracts/plaid/link.md §3).
 * What is shared already can always be seen and kept.
 */
function accountChoices(
  { accountFilters }: LinkRequest,
  products: readonly string[],
  accounts: readonly BankAccount[],
  sharedIds: ReadonlySet<string>,
): AccountChoice[] {
  const needsPayable = products.includes('auth')
  return accounts
    .map((account, position): AccountChoice => {
      const isShared = sharedIds.has(account.bankAccountId)
      const reason = needsPayable && !isShared && !isPayable(account) ? 'not_payable' : null
      return { key: String(position), account, reason, isShared }
    })
    .filter(({ account, isShared }) => isShared || passes(accountFilters, account))
}

function passes(filters: AccountFilters | null, account: DraftAccount): boolean {
  if (filters === null) return true
  const subtypes = filters[account.type]?.account_subtypes
  return subtypes?.some((subtype) => subtype === 'all' || subtype === account.subtype) ?? false
}
