import type { ApiClient, BankContext } from '../context.ts'
import { isPayable } from '../personas/draft-account.ts'
import { BankRefused } from '../refusals.ts'
import { findProcessorToken, issueProcessorToken } from '../tokens/token-store.ts'
import { refuseUnverified } from '../verification/verification-status.ts'
import { listAccounts } from './account-store.ts'
import type { Account, Item } from './item.ts'
import { findItem, lockItem } from './item-store.ts'
import { openAccounts } from './open-item.ts'

/** Makes a token that lets one processor read one account. */
export async function createProcessorToken(
  ctx: BankContext,
  request: { clientId: string; accessToken: string; accountId: string; processor: string },
): Promise<string> {
  const { clientId, accessToken, accountId, processor } = request
  const opened = await openAccounts(ctx, {
    clientId,
    accessToken,
    accountIds: [accountId],
    product: 'auth',
  })
  const account = opened.accounts[0]
  if (account === undefined) throw new BankRefused('account_not_in_item')
  if (!isPayable(account)) throw new BankRefused('products_not_supported', { products: ['auth'] })
  refuseUnverified([account])
  return ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, clientId, opened.item.id)
    if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
    const target = { clientId, itemId: opened.item.id, id: account.id }
    return issueProcessorToken(tx, target, processor, ctx.clock.now())
  })
}

/**
 * The one account behind a processor token. It may be redeemed by the client that made it, and by the
 * partner that is the processor named in it.
 */
export async function openProcessorAccount(
  ctx: BankContext,
  client: ApiClient,
  token: string,
): Promise<{ item: Item; account: Account; accounts: Account[] }> {
  const named = await findProcessorToken(ctx.db, token)
  const mayUse = named?.clientId === client.clientId || named?.processor === client.processor
  if (named === undefined || !mayUse) throw new BankRefused('processor_token_unknown')
  const found = await findItem(ctx.db, named.clientId, named.itemId)
  if (found === undefined || found.removed) throw new BankRefused('processor_token_unknown')
  if (found.item.loginRequired) throw new BankRefused('login_required')
  const accounts = await listAccounts(ctx, ctx.db, found.item)
  const account = accounts.find(({ id }) => id === named.accountId)
  if (account === undefined) throw new BankRefused('processor_token_unknown')
  return { item: found.item, account, accounts }
}
