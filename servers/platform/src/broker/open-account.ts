import type { Account, CreateAccount } from '@paddock/broker-sdk'
import type { Application } from '@paddock/platform-wire'
import type { AccountId } from '../applications/brokerage-account.ts'
import {
  findBrokerageAccount,
  insertBrokerageAccount,
  lockAccountMirror,
} from '../applications/brokerage-accounts-store.ts'
import type { PlatformContext } from '../context.ts'
import type { Call, Intent } from '../intents/intent.ts'
import { listClaimed } from '../intents/intent-store.ts'
import { applyStoredStatuses } from './account-statuses.ts'
import { BrokerRefused } from './refusal.ts'

export interface AccountRequest {
  readonly application: Application
  /** From where the agreements were signed. */
  readonly ipAddress: string
}

/** The broker's clock and ours may differ by that much. */
const SKEW = { seconds: 5 }

const OPENED = {
  status: 409,
  code: 'account_exists',
  message: 'You have a brokerage account already.',
  details: {},
}

/** Opens an account. The vendor has no key for it, but one account per e-mail address. */
export const openBrokerAccount: Call<AccountRequest, Account> = {
  kind: 'application',
  isSecret: true,
  resendSeconds: 24 * 3_600,

  async send(ctx, intent, request) {
    // Two applications at once come here one after the other, and the first may have opened the account.
    if ((await findBrokerageAccount(ctx.db, intent.userId)) !== undefined) throw new BrokerRefused(OPENED)
    const options = { idempotencyKey: intent.brokerKey }
    return ctx.broker.accounts.create(toCreateAccount(request, intent.askedAt), options)
  },

  async find(ctx, intent, request) {
    if (intent.brokerId !== undefined) return ctx.broker.accounts.get(intent.brokerId)
    return request === undefined ? undefined : findByEmail(ctx, intent, request)
  },

  async onAccepted(_ctx, tx, intent, account, { application: { identity, contact } }) {
    await lockAccountMirror(tx, account.id)
    await insertBrokerageAccount(tx, {
      id: account.id as AccountId,
      userId: intent.userId,
      accountNumber: account.account_number,
      status: account.status,
      cryptoStatus: account.crypto_status ?? null,
      givenName: identity.given_name,
      familyName: identity.family_name,
      email: contact.email_address,
      createdAt: Temporal.Instant.from(account.created_at),
    })
    await applyStoredStatuses(tx, account.id)
  },
}

/** An account with this address and name, made after we asked, that is nobody else's here. */
async function findByEmail(ctx: PlatformContext, intent: Intent, { application }: AccountRequest) {
  const { contact, identity } = application
  const accounts = await ctx.broker.accounts.list({ query: contact.email_address })
  const notBefore = intent.askedAt.subtract(SKEW)
  const claimed = await listClaimed(
    ctx.db,
    'application',
    accounts.map(({ id }) => id),
  )
  return accounts.find(
    (account) =>
      account.contact?.email_address.toLowerCase() === contact.email_address.toLowerCase() &&
      account.identity?.family_name === identity.family_name &&
      Temporal.Instant.compare(Temporal.Instant.from(account.created_at), notBefore) >= 0 &&
      !claimed.has(account.id),
  )
}

function toCreateAccount(
  { application, ipAddress }: AccountRequest,
  signedAt: Temporal.Instant,
): CreateAccount {
  const { agreements, ...rest } = application
  return {
    ...rest,
    agreements: agreements.map((agreement) => ({
      ...agreement,
      signed_at: signedAt.toString(),
      ip_address: ipAddress,
    })),
    // The vendor checks the values itself; the wire types only list them.
  } as CreateAccount
}
