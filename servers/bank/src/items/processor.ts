import type { ApiClient, BankContext } from '../context.ts'
import { isPayable } from '../personas/draft-account.ts'
import { BankRefused } from '../refusals.ts'
import { findProcessorToken, issueProcessorToken } from '../tokens/token-store.ts'
import { refuseUnverified } from '../verification/verification-status.ts'
import { listAccounts } from './account-store.ts'
import type { Account, Item } from './item.ts'
import { findItem, lockItem } from './item-store.ts'
import { addProduct, openAccounts } from './open-item.ts'

/** Makes a token that lets one processor read one account. */
export async function createProcessorToken(
  ctx: BankContext,
  request: { clientId: string; accessToken: string; accountId: string; processor: string },
): Promise<string> {
  const { clientId, processor } = request
  const account = await openServedAccount(ctx, request)
  return ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, clientId, account.itemId)
    if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
    return issueProcessorToken(tx, { ...account, clientId }, processor, ctx.clock.now())
  })
}

/** The account of an item, if it can be paid, for which the item then has `auth`. */
export async function openPayableAccount(
  ctx: BankContext,
  { clientId, accessToken, accountId }: { clientId: string; accessToken: string; accountId: string },
): Promise<Account> {
  const request = { clientId, accessToken, accountIds: [accountId], product: 'auth' }
  const [account] = (await openAccounts(ctx, request)).accounts
  if (account === undefined) throw new BankRefused('account_not_in_item')
  if (!isPayable(account)) throw new BankRefused('products_not_supported', { products: ['auth'] })
  refuseUnverified([account])
  return account
}

/** What else than paying an account can be good for to a processor, by the product that the item must have. */
const servedTypes: Readonly<Record<string, readonly string[]>> = {
  investments: ['investment'],
  investments_auth: ['investment'],
  liabilities: ['credit', 'loan'],
}

async function openServedAccount(
  ctx: BankContext,
  request: { clientId: string; accessToken: string; accountId: string },
): Promise<Account> {
  const { clientId, accessToken, accountId } = request
  const opened = await openAccounts(ctx, { clientId, accessToken, accountIds: [accountId] })
  const [account] = opened.accounts
  const isServed =
    account !== undefined &&
    opened.item.products.some((product) => servedTypes[product]?.includes(account.type))
  return isServed ? account : openPayableAccount(ctx, request)
}

type NamedToken = NonNullable<Awaited<ReturnType<typeof findProcessorToken>>>

/**
 * What a processor token names, to the client that made it and to the partner that is the processor named
 * in it. The login of the item may be broken.
 */
export async function openProcessorToken(
  ctx: BankContext,
  client: ApiClient,
  token: string,
): Promise<{ named: NamedToken; item: Item }> {
  const named = await findProcessorToken(ctx.db, token)
  const mayUse = named?.clientId === client.clientId || named?.processor === client.processor
  if (named === undefined || !mayUse) throw new BankRefused('processor_token_unknown')
  const found = await findItem(ctx.db, named.clientId, named.itemId)
  if (found === undefined || found.removed) throw new BankRefused('processor_token_unknown')
  return { named, item: found.item }
}

export interface ProcessorAccount {
  item: Item
  account: Account
  /** All of the item, of which the processor sees the one. */
  accounts: Account[]
}

/** The one account behind a processor token, for a call that reads `product`; null is none. */
export async function openProcessorAccount(
  ctx: BankContext,
  client: ApiClient,
  token: string,
  product: string | null,
): Promise<ProcessorAccount> {
  const { named, item } = await openProcessorToken(ctx, client, token)
  if (item.loginRequired) throw new BankRefused('login_required')
  const accounts = await listAccounts(ctx, ctx.db, item)
  const account = accounts.find(({ id }) => id === named.accountId)
  if (account === undefined) throw new BankRefused('processor_token_unknown')
  if (product !== null && !mayRead(named, product)) {
    throw new BankRefused('product_not_allowed', { products: [product] })
  }
  return { item, account, accounts }
}

/** The same, and the item gets the product where it lacks it. */
export async function openProcessorProduct(
  ctx: BankContext,
  client: ApiClient,
  token: string,
  product: string,
): Promise<Account> {
  const { item, account, accounts } = await openProcessorAccount(ctx, client, token, product)
  await addProduct(ctx, item, accounts, product)
  return account
}

/** A token without a list of products reads all of them. */
export function mayRead({ products }: { products: readonly string[] }, product: string): boolean {
  return products.length === 0 || products.includes(product)
}
