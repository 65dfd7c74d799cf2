import type { AuthMethod } from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { Institution } from '../institutions/institution.ts'
import { type DraftAccount, isPayable } from '../personas/draft-account.ts'
import { BankRefused } from '../refusals.ts'
import { newObjectId } from '../tokens/object-id.ts'
import { beginFeed, USUAL_DAYS } from '../transactions/begin-feed.ts'
import { insertAccounts, type SharedAccount } from './account-store.ts'
import type { Account, Item } from './item.ts'
import { type ItemOrigin, insertOrigin, PLAIN_ORIGIN } from './item-origin.ts'
import { insertItem } from './item-store.ts'

export interface NewItem {
  clientId: string
  institution: Institution
  username: string
  products: readonly string[]
  /** What the person agreed to, where the client asked for that. */
  consentedProducts?: readonly string[] | null
  webhook: string | null
  accounts: readonly SharedAccount[]
  /** The bank told the numbers itself, unless it is said otherwise. */
  authMethod?: AuthMethod | undefined
  origin?: ItemOrigin
  /** How much of the past its transactions have, where somebody asked for another share than the usual. */
  daysRequested?: number | null
}

/** Makes an item with the accounts that the person shared, or refuses products that do not fit them. */
export async function createItem(
  ctx: BankContext,
  tx: Tx,
  made: NewItem,
): Promise<{ item: Item; accounts: Account[] }> {
  const { clientId, institution, username, products, webhook, accounts } = made
  const { origin = PLAIN_ORIGIN, daysRequested = null } = made
  if (accounts.length === 0) throw new BankRefused('no_accounts')
  refuseUnfit(institution, products, accounts)
  const item: Item = {
    clientId,
    id: newObjectId(),
    institutionId: institution.id,
    products: billable(products),
    consentedProducts: made.consentedProducts ?? null,
    webhook,
    loginRequired: false,
    authMethod: made.authMethod ?? 'INSTANT_AUTH',
    createdAt: ctx.clock.now(),
    consentExpiresAt: null,
  }
  await insertItem(tx, item, username)
  await insertOrigin(ctx, tx, item, origin)
  if (item.products.includes('transactions')) {
    await beginFeed(tx, item, { startedAt: item.createdAt, daysRequested: daysRequested ?? USUAL_DAYS })
  }
  return { item, accounts: await insertAccounts(ctx, tx, item, accounts) }
}

export function refuseUnsold(institution: Institution, products: readonly string[]): void {
  const unsupported = products.filter((product) => !institution.products.some((sold) => sold === product))
  if (unsupported.length > 0) throw new BankRefused('products_not_supported', { products: unsupported })
}

/** Products that the bank sells and that the accounts can serve; `auth` needs an account with numbers. */
export function refuseUnfit(
  institution: Institution,
  products: readonly string[],
  accounts: readonly DraftAccount[],
): void {
  refuseUnsold(institution, products)
  if (products.includes('auth') && !accounts.some(isPayable)) throw new BankRefused('no_auth_accounts')
}

/** `balance` may be asked for, but is never a product of an item. */
function billable(products: readonly string[]): string[] {
  return [...new Set(products)].filter((product) => product !== 'balance')
}
