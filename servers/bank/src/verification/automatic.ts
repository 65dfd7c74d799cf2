import { addBankingDays, newYorkDate } from '@paddock/calendar'
import { scheduleJob } from '@paddock/service'
import { bankingDayFrom, morningSettlement } from '../ach-operator/windows.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { listAccounts, setVerification } from '../items/account-store.ts'
import { createItem, type NewItem } from '../items/create-item.ts'
import type { Account, Item } from '../items/item.ts'
import { lockItem } from '../items/item-store.ts'
import { openItem } from '../items/open-item.ts'
import { isPayable } from '../personas/draft-account.ts'
import { BankRefused } from '../refusals.ts'
import { queueItemWebhook } from '../webhooks/queue-webhook.ts'
import type { VerificationStatus } from './verification-status.ts'

export const AUTOMATIC_QUEUE = 'automatic-verification'
const DAYS_UNTIL_EXPIRED = 7

type AutomaticEnd = Extract<VerificationStatus, 'automatically_verified' | 'verification_expired'>

interface AutomaticPayload {
  clientId: string
  itemId: string
  accountId: string
  end: AutomaticEnd
}

/**
 * Lets the deposits be found in the account on the next banking day, or, where they went elsewhere, the
 * waiting end after a week. Wake the agenda after the commit.
 */
export async function scheduleVerification(
  ctx: BankContext,
  tx: Tx,
  item: Item,
  { accountId, isMatch }: { accountId: string; isMatch: boolean },
): Promise<void> {
  const today = newYorkDate(ctx.clock.now())
  const runAt = isMatch
    ? morningSettlement(addBankingDays(bankingDayFrom(today), 1))
    : morningSettlement(today.add({ days: DAYS_UNTIL_EXPIRED }))
  const payload: AutomaticPayload = {
    clientId: item.clientId,
    itemId: item.id,
    accountId,
    end: isMatch ? 'automatically_verified' : 'verification_expired',
  }
  await scheduleJob(tx, { queue: AUTOMATIC_QUEUE, key: `${item.clientId}.${accountId}`, runAt, payload })
}

/** An item all of whose accounts with numbers wait for deposits, as if their numbers had been typed in Link. */
export async function createWaitingItem(
  ctx: BankContext,
  tx: Tx,
  made: NewItem,
): Promise<{ item: Item; accounts: Account[] }> {
  const created = await createItem(ctx, tx, {
    ...made,
    authMethod: 'AUTOMATED_MICRODEPOSITS',
    accounts: made.accounts.map((account) =>
      isPayable(account) ? { ...account, verificationStatus: 'pending_automatic_verification' } : account,
    ),
  })
  for (const { id: accountId } of created.accounts.filter(isPayable)) {
    await scheduleVerification(ctx, tx, created.item, { accountId, isMatch: true })
  }
  return created
}

/** Ends the waiting at once, as the sandbox lets its clients do. */
export async function endVerification(
  ctx: BankContext,
  request: { clientId: string; accessToken: string; accountId: string; end: AutomaticEnd },
): Promise<void> {
  const { clientId, accessToken, accountId, end } = request
  const item = await openItem(ctx, clientId, accessToken)
  const outcome = await settle(ctx, { clientId, itemId: item.id, accountId, end })
  if (outcome === 'no_account') throw new BankRefused('account_not_in_item')
  if (outcome === 'not_pending') throw new BankRefused('verification_not_pending')
}

async function settle(
  ctx: BankContext,
  { clientId, itemId, accountId, end }: AutomaticPayload,
): Promise<'settled' | 'no_account' | 'not_pending'> {
  const outcome = await ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, clientId, itemId)
    if (locked === undefined || locked.removed) return 'no_account'
    const accounts = await listAccounts(ctx, tx, locked.item)
    const account = accounts.find(({ id }) => id === accountId)
    if (account === undefined) return 'no_account'
    if (account.verificationStatus !== 'pending_automatic_verification') return 'not_pending'
    await setVerification(tx, locked.item, accountId, { status: end })
    await queueItemWebhook(ctx, tx, locked.item, {
      webhook_type: 'AUTH',
      webhook_code: end === 'automatically_verified' ? 'AUTOMATICALLY_VERIFIED' : 'VERIFICATION_EXPIRED',
      account_id: accountId,
      error: null,
    })
    return 'settled'
  })
  ctx.agenda.wake()
  return outcome
}

export const automaticHandlers = {
  async [AUTOMATIC_QUEUE](ctx: BankContext, payload: AutomaticPayload): Promise<void> {
    await settle(ctx, payload)
  },
}
