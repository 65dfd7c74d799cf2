import type { Institution } from '../institutions/institution.ts'
import type { Override } from '../living/life-store.ts'
import { type BankRefusal, BankRefused } from '../refusals.ts'
import { overridesOf } from './custom-inflows.ts'
import { customAccounts, readCustomUser } from './custom-user.ts'
import { defaultAccounts } from './default-user.ts'
import type { DraftAccount } from './draft-account.ts'
import { isLivingUser, livingAccounts, scriptOfUser } from './living-users.ts'

export interface Login {
  username: string
  password: string
}

export const DEFAULT_LOGIN: Login = { username: 'user_good', password: 'pass_good' }

/** At a bank that tells no numbers: those that are typed never fit, so that deposits are sent. */
export const AUTOMATED_PASSWORD = 'microdeposits_good'

/** What the passwords `error_<CODE>` bring about, and `force_error` of a custom user. */
const forcedRefusals: Readonly<Record<string, BankRefusal>> = {
  COUNTRY_NOT_SUPPORTED: 'country_not_supported',
  INSTITUTION_DOWN: 'institution_down',
  INSTITUTION_NOT_RESPONDING: 'bank_not_responding',
  INSTITUTION_NO_LONGER_SUPPORTED: 'institution_no_longer_supported',
  INSUFFICIENT_CREDENTIALS: 'credentials_insufficient',
  INTERNAL_SERVER_ERROR: 'bank_failed',
  INVALID_CREDENTIALS: 'credentials_wrong',
  INVALID_LINK_TOKEN: 'link_token_unusable',
  INVALID_MFA: 'mfa_wrong',
  INVALID_SEND_METHOD: 'send_method_wrong',
  ITEM_LOCKED: 'item_locked',
  ITEM_LOGIN_REQUIRED: 'login_required',
  ITEM_NOT_SUPPORTED: 'item_not_supported',
  MFA_NOT_SUPPORTED: 'mfa_not_supported',
  NO_ACCOUNTS: 'no_accounts',
  PASSWORD_RESET_REQUIRED: 'password_reset_required',
  PLAID_ERROR: 'bank_failed',
  USER_INPUT_TIMEOUT: 'mfa_timed_out',
  USER_SETUP_REQUIRED: 'user_setup_required',
}

/** Signs a person in at a simulated bank and answers the accounts that are there, or says why not. */
export function signIn(institution: Institution, login: Login): DraftAccount[] {
  if (institution.health === 'DOWN') throw new BankRefused('institution_down')
  if (isCustomUser(login.username)) {
    const user = readCustomUser(login.password)
    refuseIfForced(user.force_error ?? undefined)
    return customAccounts(institution, user)
  }
  const isLiving = isLivingUser(login.username)
  if (!isLiving && login.username !== DEFAULT_LOGIN.username) throw new BankRefused('credentials_wrong')
  if (login.password.startsWith('error_')) refuseIfForced(login.password.slice('error_'.length))
  if (isLiving && login.password.trim() !== '') return livingAccounts(institution, login.username)
  const isAutomated = institution.asksNumbers && login.password === AUTOMATED_PASSWORD
  if (login.password !== DEFAULT_LOGIN.password && !isAutomated) throw new BankRefused('credentials_wrong')
  return defaultAccounts(institution)
}

/** Users whose password is the JSON that describes them. */
export function isCustomUser(username: string): boolean {
  return username === 'user_custom' || username.startsWith('custom_')
}

/** How the login with this key in the books goes on. */
export function scriptOfLogin(loginKey: string): string {
  return scriptOfUser(loginKey)
}

/** How the accounts under a login begin to live, once they are opened. */
export function beginningOf(
  login: Login,
  openedOn: Temporal.PlainDate,
): { script: string; seed: string | null; overrides: Override[] } {
  const isCustom = isCustomUser(login.username)
  const user = isCustom ? readCustomUser(login.password) : undefined
  return {
    script: scriptOfUser(login.username),
    seed: user?.seed ?? null,
    overrides: user === undefined ? [] : overridesOf(user, openedOn),
  }
}

function refuseIfForced(code: string | undefined): void {
  if (code === undefined) return
  const refusal = Object.hasOwn(forcedRefusals, code) ? forcedRefusals[code] : undefined
  if (refusal !== undefined) throw new BankRefused(refusal)
}
