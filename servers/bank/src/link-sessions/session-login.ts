import type { BankAccount } from '../bank-accounts/bank-account.ts'
import { signInAndOpen } from '../bank-accounts/open-accounts.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { findInstitution } from '../institutions/catalog.ts'
import type { Institution } from '../institutions/institution.ts'
import { findUsername } from '../items/item-store.ts'
import type { Login } from '../personas/sign-in.ts'
import { BankRefused } from '../refusals.ts'
import { type AccountChoice, accountChoices, selectionOf } from './account-choice.ts'
import type { LinkSession } from './link-session.ts'
import { updateSession } from './link-session-store.ts'
import { openSession, type SessionKey } from './open-session.ts'

const cell = (sessionId: string) => ({
  table: 'bank.link_sessions',
  column: 'login_cipher',
  rowId: sessionId,
})

/** Signs the person in at the session's bank and answers what there is to choose from. */
export async function submitCredentials(
  ctx: BankContext,
  key: SessionKey,
  login: Login,
): Promise<{ selection: 'one' | 'many' | 'none'; choices: AccountChoice[] }> {
  const { token, session } = await openSession(ctx, key)
  const institution = institutionOf(session)
  const accounts = await ctx.db.transaction().execute((tx) => signInAndOpen(ctx, tx, institution, login))
  if (token.updateItemId !== null) {
    const username = await findUsername(ctx.db, token.clientId, token.updateItemId)
    if (username !== login.username) throw new BankRefused('username_changed')
  }
  const choices = token.updateItemId === null ? accountChoices(token.request, accounts) : []
  if (token.updateItemId === null && !choices.some(({ reason }) => reason === null)) {
    throw new BankRefused(token.request.products.includes('auth') ? 'no_auth_accounts' : 'no_accounts')
  }
  const loginCipher = ctx.cipher.encrypt(JSON.stringify(login), cell(session.id))
  await updateSession(ctx.db, session, { loginCipher })
  return { selection: token.updateItemId === null ? selectionOf(token.request) : 'none', choices }
}

/** The login that the bank accepted in this session, and the accounts under it. */
export async function acceptedLogin(
  ctx: BankContext,
  tx: Tx,
  session: LinkSession,
): Promise<{ institution: Institution; username: string; accounts: BankAccount[] }> {
  if (session.loginCipher === null) throw new BankRefused('link_session_unknown')
  const institution = institutionOf(session)
  const login = JSON.parse(ctx.cipher.decrypt(session.loginCipher, cell(session.id))) as Login
  return { institution, username: login.username, accounts: await signInAndOpen(ctx, tx, institution, login) }
}

function institutionOf(session: LinkSession): Institution {
  const institution = session.institutionId === null ? undefined : findInstitution(session.institutionId)
  if (institution === undefined) throw new BankRefused('institution_unknown')
  return institution
}
