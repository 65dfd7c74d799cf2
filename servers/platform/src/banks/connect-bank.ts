import { newId } from '@paddock/kernel'
import type { BrokerageAccount } from '../applications/brokerage-account.ts'
import { accountOf } from '../applications/open-account.ts'
import type { LinkedAccount } from '../bank/bank-client.ts'
import { BankRefused } from '../bank/bank-refused.ts'
import type { AchRelationship } from '../broker/client.ts'
import { linkBank } from '../broker/link-bank.ts'
import { BrokerRefused } from '../broker/refusal.ts'
import { readWorldTime } from '../broker/world-time.ts'
import type { PlatformContext } from '../context.ts'
import type { User } from '../identity/user.ts'
import { IntentRefused } from '../intents/intent.ts'
import { runOnlyIntent } from '../intents/run-only-intent.ts'
import {
  findBank,
  insertBank,
  insertProcessorToken,
  isTokenOfAnother,
  type LinkedBank,
  listFundingLinks,
  markBankRemoved,
} from './banks-store.ts'

export interface LinkResult {
  readonly publicToken: string
  /** The account that the person chose; else the first that ACH can reach. */
  readonly accountId: string | undefined
}

/** Exchanges what Link gave and makes a token by which the broker can ask the bank for the account. */
export async function exchangePublicToken(
  ctx: PlatformContext,
  user: User,
  { publicToken, accountId }: LinkResult,
): Promise<{ bank: LinkedBank; processorToken: string }> {
  // A public token works once, so a retry finds the bank that the first try linked.
  const bank = (await findBank(ctx, user.id, { publicToken })) ?? (await addBank(ctx, user, publicToken))
  const { accounts } = await ctx.bank.readAccounts(bank.accessToken)
  const account = chooseAccount(accounts, accountId)
  const processorToken = await ctx.bank.createProcessorToken(bank.accessToken, account.accountId)
  const source = {
    bankId: bank.id,
    bankAccountId: account.accountId,
    accountMask: account.mask,
    accountSubtype: account.subtype,
  }
  await insertProcessorToken(ctx.db, user.id, processorToken, source, ctx.clock.now())
  return { bank, processorToken }
}

/**
 * Links a bank and connects one of its accounts for funding; leaves nothing behind when the broker refuses.
 * A public token works once, so a second request with it joins the first.
 */
export function connectBank(ctx: PlatformContext, user: User, link: LinkResult): Promise<LinkedBank> {
  const key = `link/${user.id}/${link.publicToken}/${link.accountId ?? ''}`
  return ctx.calls.run(key, () => connectOnce(ctx, user, link))
}

async function connectOnce(ctx: PlatformContext, user: User, link: LinkResult): Promise<LinkedBank> {
  const account = await accountOf(ctx, user)
  const earlier = await findBank(ctx, user.id, { publicToken: link.publicToken })
  if (earlier !== undefined && (await isConnected(ctx, user, earlier))) return earlier
  await refuseSecondBank(ctx, account)

  const { bank, processorToken } = await exchangePublicToken(ctx, user, link)
  try {
    await createRelationship(ctx, account, processorToken)
  } catch (error) {
    if (error instanceof BrokerRefused) await forgetBank(ctx, bank)
    // An unknown outcome shows as a bank without funding, until it is settled.
    if (!(error instanceof IntentRefused) || error.code !== 'outcome_unknown') throw error
  }
  return bank
}

/** Connects the bank account behind a processor token at the broker. */
export async function createRelationship(
  ctx: PlatformContext,
  account: BrokerageAccount,
  processorToken: string,
): Promise<AchRelationship> {
  if (await isTokenOfAnother(ctx.db, account.userId, processorToken)) {
    throw new BankRefused('processor_token_invalid')
  }
  return runOnlyIntent(ctx, linkBank, {
    userId: account.userId,
    accountId: account.id,
    request: { processorToken },
    askedAt: await readWorldTime(ctx),
  })
}

/** Unlinks at the bank and here. */
export async function forgetBank(ctx: PlatformContext, bank: LinkedBank): Promise<void> {
  try {
    await ctx.bank.removeItem(bank.accessToken)
  } catch (error) {
    // Gone already is as good as removed.
    if (!(error instanceof BankRefused) || error.code !== 'bank_connection_lost') throw error
  }
  await markBankRemoved(ctx.db, bank, ctx.clock.now())
}

async function addBank(ctx: PlatformContext, user: User, publicToken: string): Promise<LinkedBank> {
  const { accessToken, itemId } = await ctx.bank.exchangePublicToken(publicToken)
  const { institutionName } = await ctx.bank.readAccounts(accessToken)
  const bank = { userId: user.id, id: newId(), institutionName, accessToken, linkedAt: ctx.clock.now() }
  await insertBank(ctx, { ...bank, itemId, publicToken })
  return bank
}

function chooseAccount(accounts: readonly LinkedAccount[], wanted: string | undefined): LinkedAccount {
  const account = accounts.find(({ accountId, canFund }) =>
    wanted === undefined ? canFund : accountId === wanted,
  )
  if (account === undefined || !account.canFund) throw new BankRefused('bank_account_not_eligible')
  return account
}

async function isConnected(ctx: PlatformContext, user: User, bank: LinkedBank): Promise<boolean> {
  return (await listFundingLinks(ctx.db, user.id)).some(({ bankId }) => bankId === bank.id)
}

/** Asked before the exchange, because a public token that was exchanged cannot be given back. */
async function refuseSecondBank({ broker }: PlatformContext, account: BrokerageAccount): Promise<void> {
  const active = await broker.achRelationships.list(account.id, {
    statuses: ['QUEUED', 'APPROVED', 'PENDING'],
  })
  if (active.length > 0) throw new BankRefused('bank_connected_already')
}
