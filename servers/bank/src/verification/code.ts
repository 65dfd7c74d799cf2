import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { listAccounts, setVerification } from '../items/account-store.ts'
import type { Account, Item } from '../items/item.ts'
import { findItem, lockItem, setLoginRequired } from '../items/item-store.ts'
import type { LinkToken } from '../link-sessions/link-token.ts'
import { openSession, type SessionKey } from '../link-sessions/open-session.ts'
import { BankRefused } from '../refusals.ts'
import { submitInstantCode } from './by-hand.ts'
import { isCode, MOST_MISSES, refuseMiss } from './micro-deposit.ts'
import type { TypedNumbers } from './typed-numbers.ts'
import { isByHand } from './verification-status.ts'

/** The one account of an item that was linked by typed numbers; nothing for other items, and for new ones. */
export async function findTypedAccount(ctx: BankContext, token: LinkToken): Promise<Account | undefined> {
  if (token.updateItemId === null) return undefined
  const found = await findItem(ctx.db, token.clientId, token.updateItemId)
  if (found === undefined || found.removed || !isByHand(found.item.authMethod)) return undefined
  const [account] = await listAccounts(ctx, ctx.db, found.item)
  if (account?.verificationStatus === 'verification_failed') throw new BankRefused('deposit_codes_used_up')
  return account
}

export function typedNumbersOf({ numbers }: Account): TypedNumbers {
  if (numbers?.ach === undefined) throw new BankRefused('no_auth_accounts')
  return { routing: numbers.ach.routing, account: numbers.ach.account }
}

/** The code that the person found on the statement. The third wrong one ends the trying. */
export async function submitCode(ctx: BankContext, key: SessionKey, code: string): Promise<void> {
  const { token } = await openSession(ctx, key)
  if (token.updateItemId === null) return submitInstantCode(ctx, token, key.sessionId, code)
  const misses = await ctx.db.transaction().execute(async (tx) => {
    const { item, account } = await lockTyped(ctx, tx, token)
    if (account.verificationStatus === 'verification_failed') return MOST_MISSES
    if (account.verificationStatus !== 'pending_manual_verification') return 0
    if (isCode(ctx, { id: account.id, numbers: typedNumbersOf(account) }, code)) {
      await setVerification(tx, item, account.id, { status: 'manually_verified' })
      return 0
    }
    const now = account.verificationMisses + 1
    const status = now >= MOST_MISSES ? 'verification_failed' : account.verificationStatus
    await setVerification(tx, item, account.id, { status, misses: now })
    return now
  })
  if (misses > 0) refuseMiss(misses)
}

/** Ends update mode for an item of typed numbers: there is no login to repair, only the code. */
export async function finishTyped(
  ctx: BankContext,
  tx: Tx,
  token: LinkToken,
): Promise<{ item: Item; accounts: Account[] } | undefined> {
  const { clientId, updateItemId } = token
  if (updateItemId === null) return undefined
  const found = await findItem(tx, clientId, updateItemId)
  if (found === undefined || !isByHand(found.item.authMethod)) return undefined
  const { item, account } = await lockTyped(ctx, tx, token)
  if (account.verificationStatus !== 'manually_verified') throw new BankRefused('link_session_unknown')
  await setLoginRequired(tx, item, null)
  return { item, accounts: [account] }
}

async function lockTyped(
  ctx: BankContext,
  tx: Tx,
  { clientId, updateItemId }: LinkToken,
): Promise<{ item: Item; account: Account }> {
  const locked = updateItemId === null ? undefined : await lockItem(tx, clientId, updateItemId)
  if (locked === undefined || !isByHand(locked.item.authMethod)) throw new BankRefused('link_session_unknown')
  if (locked.removed) throw new BankRefused('item_removed')
  const [account] = await listAccounts(ctx, tx, locked.item)
  if (account === undefined) throw new BankRefused('item_removed')
  return { item: locked.item, account }
}
