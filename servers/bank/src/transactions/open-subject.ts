import type { ApiClient, BankContext } from '../context.ts'
import type { Account } from '../items/item.ts'
import { openAccounts, openItem } from '../items/open-item.ts'
import { openProcessorAccount } from '../items/processor.ts'
import { BankRefused } from '../refusals.ts'
import type { Subject } from './read-transactions.ts'

const PRODUCT = 'transactions'

/** The item behind an access token for a call that reads transactions; one without the product gets it. */
export async function openSubject(
  ctx: BankContext,
  clientId: string,
  accessToken: string,
  daysRequested?: number | undefined,
): Promise<Subject> {
  const before = await openItem(ctx, clientId, accessToken)
  const { item, accounts } = await openAccounts(ctx, { clientId, accessToken, product: PRODUCT })
  if (before.products.includes(PRODUCT)) {
    return { item, accounts, startedAt: item.createdAt, daysRequested: undefined, isProcessors: false }
  }
  return { item, accounts, startedAt: ctx.clock.now(), daysRequested, isProcessors: false }
}

/** The same by a processor token, which reaches one account of an item that has the product. */
export async function openProcessorSubject(
  ctx: BankContext,
  client: ApiClient,
  processorToken: string,
): Promise<{ subject: Subject; account: Account }> {
  const { item, account, accounts } = await openProcessorAccount(ctx, client, processorToken, PRODUCT)
  if (!item.products.includes(PRODUCT)) throw new BankRefused('product_not_enabled', { products: [PRODUCT] })
  const subject = { item, accounts, startedAt: item.createdAt, daysRequested: undefined, isProcessors: true }
  return { account, subject }
}

export function refuseForeign(accounts: readonly Account[], accountId: string | undefined): void {
  if (accountId !== undefined && !accounts.some(({ id }) => id === accountId)) {
    throw new BankRefused('account_not_in_item')
  }
}
