import type { BankAccount } from '../bank-accounts/bank-account.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { Institution } from '../institutions/institution.ts'
import type { Account, Item } from '../items/item.ts'
import type { LinkSession } from '../link-sessions/link-session.ts'
import type { LinkToken } from '../link-sessions/link-token.ts'
import { openSession, type SessionKey } from '../link-sessions/open-session.ts'
import { acceptedLogin } from '../link-sessions/session-login.ts'
import { AUTOMATED_PASSWORD } from '../personas/sign-in.ts'
import { BankRefused } from '../refusals.ts'
import { authOptionsOf, mustTypeNumbers } from './auth-flows.ts'
import { scheduleVerification } from './automatic.ts'
import { type KeptNumbers, keepNumbers, readKeptNumbers } from './kept-numbers.ts'
import { bookedRouting, readTypedNumbers, type TypedNumbers } from './typed-numbers.ts'
import type { VerificationStatus } from './verification-status.ts'

type KeptAfterLogin = Extract<KeptNumbers, { kind: 'after_login' }>

/**
 * Takes the numbers of an account that was chosen after signing in, where the bank tells none. Those that
 * fit are the account's; for others deposits are sent, where the client allows it.
 */
export async function submitMatch(
  ctx: BankContext,
  key: SessionKey,
  typed: { accountKey: string; routing: string; account: string },
): Promise<{ matched: boolean }> {
  const { token, session } = await openSession(ctx, key)
  const numbers = readTypedNumbers(typed.routing, typed.account)
  return ctx.db.transaction().execute(async (tx) => {
    const { institution, accounts, login } = await acceptedLogin(ctx, tx, session)
    const chosen = accounts[Number(typed.accountKey)]
    if (chosen === undefined || !mustTypeNumbers(token, institution))
      throw new BankRefused('account_not_offered')
    const options = authOptionsOf(token.request)
    const isMatch = fits(institution, chosen, numbers)
    const matched = isMatch && options.instantMatch && login.password !== AUTOMATED_PASSWORD
    if (!matched && !options.automated) throw new BankRefused('instant_match_failed')
    await keepNumbers(ctx, tx, session, {
      kind: 'after_login',
      numbers,
      accountKey: typed.accountKey,
      method: matched ? 'INSTANT_MATCH' : 'AUTOMATED_MICRODEPOSITS',
      isMatch,
    })
    return { matched }
  })
}

/** What the typed numbers make of the chosen account; nothing where the bank tells its numbers itself. */
export function typedFor(
  ctx: BankContext,
  token: LinkToken,
  session: LinkSession,
  institution: Institution,
  accountKeys: readonly string[],
): KeptAfterLogin | undefined {
  if (!mustTypeNumbers(token, institution)) return undefined
  const kept = readKeptNumbers(ctx, session)
  const isForThese = kept?.kind === 'after_login' && accountKeys.every((key) => key === kept.accountKey)
  if (!isForThese) throw new BankRefused('link_session_unknown')
  return kept
}

/** The account as the item has it. Numbers that did not fit are kept: the deposits go to them. */
export function withTyped<Shared extends BankAccount>(
  account: Shared,
  { method, isMatch, numbers }: KeptAfterLogin,
): Shared & { verificationStatus: VerificationStatus | null } {
  const typed = { ach: { account: numbers.account, routing: numbers.routing, wireRouting: null } }
  return {
    ...account,
    numbers: isMatch ? account.numbers : typed,
    verificationStatus: method === 'AUTOMATED_MICRODEPOSITS' ? 'pending_automatic_verification' : null,
  }
}

/** Lets the deposits of an item that waits for them arrive. */
export async function followTyped(
  ctx: BankContext,
  tx: Tx,
  { item, accounts }: { item: Item; accounts: readonly Account[] },
  { method, isMatch }: KeptAfterLogin,
): Promise<void> {
  if (method !== 'AUTOMATED_MICRODEPOSITS') return
  for (const { id: accountId } of accounts) await scheduleVerification(ctx, tx, item, { accountId, isMatch })
}

function fits(institution: Institution, { numbers }: BankAccount, typed: TypedNumbers): boolean {
  const ach = numbers?.ach
  return ach?.account === typed.account && ach.routing === bookedRouting(institution, typed.routing)
}
