import type { Application } from '@paddock/platform-wire'
import { openBrokerAccount } from '../broker/open-account.ts'
import { BrokerRefused } from '../broker/refusal.ts'
import { readWorldTime } from '../broker/world-time.ts'
import type { PlatformContext } from '../context.ts'
import { FieldsRefused } from '../fields-refused.ts'
import type { User } from '../identity/user.ts'
import { runOnlyIntent } from '../intents/run-only-intent.ts'
import { AccountRefused } from './account-refused.ts'
import type { BrokerageAccount } from './brokerage-account.ts'
import { findBrokerageAccount } from './brokerage-accounts-store.ts'

/** Opens the user's one brokerage account, or refuses: there is one already, or the broker said no. */
export async function openAccount(
  ctx: PlatformContext,
  user: User,
  application: Application,
  ipAddress: string,
): Promise<BrokerageAccount> {
  if ((await findBrokerageAccount(ctx.db, user.id)) !== undefined) throw new AccountRefused('account_exists')
  const askedAt = await readWorldTime(ctx)
  const request = { application, ipAddress }
  try {
    await runOnlyIntent(ctx, openBrokerAccount, { userId: user.id, request, askedAt })
  } catch (error) {
    throw error instanceof BrokerRefused ? (fieldsOf(error) ?? error) : error
  }
  return accountOf(ctx, user)
}

/** The user's brokerage account. */
export async function accountOf({ db }: PlatformContext, user: User): Promise<BrokerageAccount> {
  const account = await findBrokerageAccount(db, user.id)
  if (account === undefined) throw new AccountRefused('account_missing')
  return account
}

/** The broker names the field it refuses: `contact.postal_code is required`, `identity.tax_id: must …`. */
function fieldsOf({ text }: BrokerRefused): FieldsRefused | undefined {
  const [, path, message] =
    /((?:contact|identity|disclosures|agreements|documents|trusted_contact)[\w.]*):? (.+)$/.exec(text) ?? []
  return path === undefined || message === undefined ? undefined : new FieldsRefused([{ path, message }])
}
