import type { BankContext } from '../context.ts'
import { listAccounts } from '../items/account-store.ts'
import type { Account } from '../items/item.ts'
import { openItem } from '../items/open-item.ts'
import { isPayable } from '../personas/draft-account.ts'
import { BankRefused } from '../refusals.ts'
import { permissionRevokedError } from './item-errors.ts'
import { queueItemWebhook } from './queue-webhook.ts'
import type { ItemEvent } from './webhook.ts'

type WebhookType = ItemEvent['webhook_type'] | 'ASSETS'

/** The types that have a code; the first one is meant where none is named, if there is only one. */
const typesOf: Readonly<Record<string, readonly WebhookType[]>> = {
  DEFAULT_UPDATE: ['AUTH', 'IDENTITY', 'TRANSACTIONS', 'INVESTMENTS_TRANSACTIONS', 'LIABILITIES', 'HOLDINGS'],
  NEW_ACCOUNTS_AVAILABLE: ['ITEM'],
  LOGIN_REPAIRED: ['ITEM'],
  PENDING_DISCONNECT: ['ITEM'],
  USER_PERMISSION_REVOKED: ['ITEM'],
  USER_ACCOUNT_REVOKED: ['ITEM'],
  SMS_MICRODEPOSITS_VERIFICATION: ['AUTH'],
  SYNC_UPDATES_AVAILABLE: ['TRANSACTIONS'],
  RECURRING_TRANSACTIONS_UPDATE: ['TRANSACTIONS'],
  AUTHORIZATION_GRANTED: ['ASSETS'],
  PRODUCT_READY: ['ASSETS'],
  ERROR: ['ASSETS'],
}

const productOf: Readonly<Partial<Record<WebhookType, string>>> = {
  ASSETS: 'assets',
  AUTH: 'auth',
  HOLDINGS: 'investments',
  IDENTITY: 'identity',
  INVESTMENTS_TRANSACTIONS: 'investments',
  LIABILITIES: 'liabilities',
  TRANSACTIONS: 'transactions',
}

/** Sends a webhook as if something had happened to the item; nothing does (contracts/plaid/webhooks.md §4). */
export async function fireWebhook(
  ctx: BankContext,
  request: { clientId: string; accessToken: string; code: string; type: WebhookType | undefined },
): Promise<void> {
  const item = await openItem(ctx, request.clientId, request.accessToken)
  const type = typeFor(request.code, request.type)
  const product = productOf[type]
  if (product !== undefined && (type === 'ASSETS' || !item.products.includes(product))) {
    throw new BankRefused('sandbox_product_not_enabled', { product })
  }
  if (item.webhook === null) throw new BankRefused('webhook_missing')
  const accounts = await listAccounts(ctx, ctx.db, item)
  const event = eventOf(type, request.code, accounts, ctx.clock.now())
  await ctx.db.transaction().execute((tx) => queueItemWebhook(ctx, tx, item, event))
  ctx.agenda.wake()
}

function typeFor(code: string, asked: WebhookType | undefined): WebhookType {
  const types = typesOf[code] ?? []
  if (asked !== undefined && !types.includes(asked)) throw new BankRefused('webhook_type_wrong')
  const type = asked ?? types[0]
  if (type === undefined || (asked === undefined && types.length > 1)) {
    throw new BankRefused('webhook_type_missing')
  }
  return type
}

function eventOf(
  type: WebhookType,
  code: string,
  accounts: readonly Account[],
  now: Temporal.Instant,
): ItemEvent {
  const ids = (fits: (account: Account) => boolean) => accounts.filter(fits).map(({ id }) => id)
  const first = ids(isPayable)[0] ?? accounts[0]?.id ?? ''
  switch (type) {
    case 'AUTH':
      if (code === 'SMS_MICRODEPOSITS_VERIFICATION') {
        return { webhook_type: type, webhook_code: code, status: 'MANUALLY_VERIFIED', account_id: first }
      }
      return {
        webhook_type: type,
        webhook_code: 'DEFAULT_UPDATE',
        account_ids_with_new_auth: [],
        account_ids_with_updated_auth: { [first]: ['ACCOUNT_NUMBER'] },
        error: null,
      }
    case 'IDENTITY':
      return {
        webhook_type: type,
        webhook_code: 'DEFAULT_UPDATE',
        account_ids_with_updated_identity: { [first]: ['PHONES'] },
        error: null,
      }
    case 'HOLDINGS':
      return {
        webhook_type: type,
        webhook_code: 'DEFAULT_UPDATE',
        new_holdings: 0,
        updated_holdings: 1,
        error: null,
      }
    case 'INVESTMENTS_TRANSACTIONS':
      return {
        webhook_type: type,
        webhook_code: 'DEFAULT_UPDATE',
        new_investments_transactions: 1,
        cancelled_investments_transactions: 0,
        error: null,
      }
    case 'LIABILITIES': {
      const owed = ids((account) => account.type === 'credit' || account.type === 'loan')[0] ?? first
      return {
        webhook_type: type,
        webhook_code: 'DEFAULT_UPDATE',
        account_ids_with_new_liabilities: [],
        account_ids_with_updated_liabilities: { [owed]: ['last_payment_date'] },
        error: null,
      }
    }
    case 'TRANSACTIONS':
      return transactionsEvent(
        code,
        ids((account) => account.type !== 'investment'),
      )
    default:
      return itemEvent(code, first, now)
  }
}

function transactionsEvent(code: string, account_ids: string[]): ItemEvent {
  const webhook_type = 'TRANSACTIONS'
  if (code === 'RECURRING_TRANSACTIONS_UPDATE') return { webhook_type, webhook_code: code, account_ids }
  if (code === 'DEFAULT_UPDATE') return { webhook_type, webhook_code: code, new_transactions: 1, error: null }
  return {
    webhook_type,
    webhook_code: 'SYNC_UPDATES_AVAILABLE',
    initial_update_complete: true,
    historical_update_complete: true,
  }
}

function itemEvent(code: string, account_id: string, now: Temporal.Instant): ItemEvent {
  const webhook_type = 'ITEM'
  if (code === 'NEW_ACCOUNTS_AVAILABLE') return { webhook_type, webhook_code: code, error: null }
  if (code === 'USER_ACCOUNT_REVOKED') return { webhook_type, webhook_code: code, account_id }
  if (code === 'USER_PERMISSION_REVOKED') {
    return { webhook_type, webhook_code: code, error: permissionRevokedError }
  }
  if (code === 'PENDING_DISCONNECT') {
    const disconnect_time = now.add({ hours: 7 * 24 }).toString({ smallestUnit: 'second' })
    return { webhook_type, webhook_code: code, reason: 'INSTITUTION_TOKEN_EXPIRATION', disconnect_time }
  }
  return { webhook_type, webhook_code: 'LOGIN_REPAIRED' }
}
