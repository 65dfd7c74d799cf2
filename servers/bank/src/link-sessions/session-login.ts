import type { BankAccount } from '../bank-accounts/bank-account.ts'
import { signInAndOpen } from '../bank-accounts/open-accounts.ts'
import type { BankContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import { findInstitution } from '../institutions/catalog.ts'
import type { Institution } from '../institutions/institution.ts'
import { findUsername } from '../items/item-store.ts'
import type { Login } from '../personas/sign-in.ts'
import { BankRefused } from '../refusals.ts'
import { mustTypeNumbers } from '../verification/auth-flows.ts'
import { type AccountOffer, offerAccounts } from './account-choice.ts'
import type { LinkSession } from './link-session.ts'
import { updateSession } from './link-session-store.ts'
import { loginBehind, type MfaStep, mfaSteps, refuseWrongAnswers } from './mfa.ts'
import { type OpenSession, openSession, type SessionKey } from './open-session.ts'

const cell = (sessionId: string) => ({
  table: 'bank.link_sessions',
  column: 'login_cipher',
  rowId: sessionId,
})

/** A login that the bank took, and how many steps after it the person has done. */
interface KeptLogin {
  login: Login
  step: number
}

/** What comes after the password: one more step, or the accounts to choose from. */
export type SignInAnswer = { mfa: MfaStep } | ({ mfa: null; asksNumbers: boolean } & AccountOffer)

/** Signs the person in at the session's bank, as far as the password goes. */
export async function submitCredentials(
  ctx: BankContext,
  key: SessionKey,
  login: Login,
): Promise<SignInAnswer> {
  const open = await openSession(ctx, key)
  const { token, session } = open
  const accounts = await accountsBehind(ctx, session, login)
  if (token.updateItemId !== null) {
    const username = await findUsername(ctx.db, token.clientId, token.updateItemId)
    if (username !== login.username) throw new BankRefused('username_changed')
  }
  const [first] = mfaSteps(login)
  const answer = first === undefined ? await offer(ctx, open, accounts) : { mfa: first }
  await keepLogin(ctx, ctx.db, session, { login, step: 0 })
  return answer
}

/** Answers the bank's next step. A wrong answer leaves the person at the same step. */
export async function answerMfa(
  ctx: BankContext,
  key: SessionKey,
  answers: readonly string[],
): Promise<SignInAnswer> {
  const open = await openSession(ctx, key)
  const kept = readKept(ctx, open.session)
  const steps = mfaSteps(kept.login)
  const asked = steps[kept.step]
  if (asked === undefined) throw new BankRefused('link_session_unknown')
  refuseWrongAnswers(asked, answers)
  const step = kept.step + 1
  const next = steps[step]
  const answer =
    next === undefined
      ? await offer(ctx, open, await accountsBehind(ctx, open.session, kept.login))
      : { mfa: next }
  await keepLogin(ctx, ctx.db, open.session, { login: kept.login, step })
  return answer
}

/** The login that the bank accepted in this session, with every step done, and the accounts under it. */
export async function acceptedLogin(
  ctx: BankContext,
  tx: Tx,
  session: LinkSession,
): Promise<{ institution: Institution; login: Login; accounts: BankAccount[] }> {
  const { login, step } = readKept(ctx, session)
  if (step < mfaSteps(login).length) throw new BankRefused('link_session_unknown')
  const institution = institutionOf(session)
  const accounts = await signInAndOpen(ctx, tx, institution, loginBehind(login))
  return { institution, login, accounts }
}

export async function keepLogin(
  ctx: BankContext,
  db: Db | Tx,
  session: LinkSession,
  kept: KeptLogin,
): Promise<void> {
  const loginCipher = ctx.cipher.encrypt(JSON.stringify(kept), cell(session.id))
  await updateSession(db, session, { loginCipher })
}

export function institutionOf(session: LinkSession): Institution {
  const institution = session.institutionId === null ? undefined : findInstitution(session.institutionId)
  if (institution === undefined) throw new BankRefused('institution_unknown')
  return institution
}

async function offer(
  ctx: BankContext,
  { token, session }: OpenSession,
  accounts: readonly BankAccount[],
): Promise<SignInAnswer> {
  const asksNumbers = mustTypeNumbers(token, institutionOf(session))
  return { mfa: null, asksNumbers, ...(await offerAccounts(ctx, ctx.db, token, accounts)) }
}

function accountsBehind(ctx: BankContext, session: LinkSession, login: Login): Promise<BankAccount[]> {
  const institution = institutionOf(session)
  return ctx.db.transaction().execute((tx) => signInAndOpen(ctx, tx, institution, loginBehind(login)))
}

function readKept(ctx: BankContext, session: LinkSession): KeptLogin {
  if (session.loginCipher === null) throw new BankRefused('link_session_unknown')
  return JSON.parse(ctx.cipher.decrypt(session.loginCipher, cell(session.id))) as KeptLogin
}
