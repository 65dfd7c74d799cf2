import type { BankContext } from '../context.ts'
import { findInstitution } from '../institutions/catalog.ts'
import { BankRefused } from '../refusals.ts'
import { hashToken } from '../tokens/secret-token.ts'
import { isByHand } from '../verification/verification-status.ts'
import { listAccounts } from './account-store.ts'
import { refuseUnfit } from './create-item.ts'
import type { Account, Item } from './item.ts'
import { findItemByAccessToken, lockItem, setProducts } from './item-store.ts'

/** The item behind an access token, even when its login is broken. */
export async function openItem(ctx: BankContext, clientId: string, accessToken: string): Promise<Item> {
  const found = await findItemByAccessToken(ctx.db, clientId, hashToken(accessToken))
  if (found === undefined) throw new BankRefused('access_token_unknown')
  if (found.removed) throw new BankRefused('item_removed')
  return found.item
}

export interface OpenedAccounts {
  item: Item
  accounts: Account[]
}

/**
 * The item and its accounts, all or those asked for; refused while its login is broken. A product that the
 * item lacks is added on first use, as the vendor does (contracts/plaid/items.md).
 */
export async function openAccounts(
  ctx: BankContext,
  request: {
    clientId: string
    accessToken: string
    accountIds?: readonly string[] | undefined
    product?: string
  },
): Promise<OpenedAccounts> {
  const item = await openItem(ctx, request.clientId, request.accessToken)
  if (item.loginRequired) throw new BankRefused('login_required')
  const all = await listAccounts(ctx, ctx.db, item)
  const used = request.product === undefined ? item : await addProduct(ctx, item, all, request.product)
  return { item: used, accounts: pick(all, request.accountIds) }
}

/** The item with a product that it may have lacked. */
export async function addProduct(
  ctx: BankContext,
  item: Item,
  accounts: readonly Account[],
  product: string,
): Promise<Item> {
  if (item.products.includes(product)) return item
  // Of an account that was typed nothing is known but its numbers.
  if (isByHand(item.authMethod)) throw new BankRefused('products_not_supported', { products: [product] })
  if (item.consentedProducts?.includes(product) === false) {
    throw new BankRefused('consent_missing', { product: product.toUpperCase() })
  }
  const institution = findInstitution(item.institutionId)
  if (institution === undefined) throw new BankRefused('institution_no_longer_supported')
  refuseUnfit(institution, [product], accounts)
  return ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, item.clientId, item.id)
    if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
    const products = [...new Set([...locked.item.products, product])]
    await setProducts(tx, item, products)
    return { ...locked.item, products }
  })
}

function pick(accounts: readonly Account[], ids: readonly string[] | undefined): Account[] {
  if (ids === undefined) return [...accounts]
  const unknown = ids.find((id) => !accounts.some((account) => account.id === id))
  if (unknown !== undefined) throw new BankRefused('account_not_in_item')
  return accounts.filter((account) => ids.includes(account.id))
}
