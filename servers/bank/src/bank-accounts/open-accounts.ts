import { randomUUID } from 'node:crypto'
import { newYorkDate } from '@paddock/calendar'
import { assert } from '@paddock/kernel'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { refuseUnreachable } from '../faults/meet-faults.ts'
import type { Institution } from '../institutions/institution.ts'
import { beginLife } from '../living/life-jobs.ts'
import type { DraftAccount } from '../personas/draft-account.ts'
import { isLivingUser } from '../personas/living-users.ts'
import { beginningOf, DEFAULT_LOGIN, type Login, signIn } from '../personas/sign-in.ts'
import { type BankAccount, type BookedAccount, isDebt } from './bank-account.ts'
import { addNumber, houseAccount, insertCustomerAccount, listAccountsOfLogin } from './bank-account-store.ts'
import { postMovement } from './post-movement.ts'

/** The accounts of `user_good` are for trying things out: their bank lets them go far below zero. */
const DEFAULT_OVERDRAFT_MINOR = 1_000_000_000n

/**
 * Signs a person in and answers the accounts under the login with the balances of now. The first time
 * the accounts are opened, with the balances of the persona; the same login finds the same accounts.
 */
export async function signInAndOpen(
  ctx: BankContext,
  tx: Tx,
  institution: Institution,
  login: Login,
): Promise<BankAccount[]> {
  await refuseUnreachable(ctx, institution.id)
  return openAccounts(ctx, tx, institution, login, signIn(institution, login))
}

/** The accounts of these drafts, opened where they are not yet. */
export async function openAccounts(
  ctx: BankContext,
  tx: Tx,
  institution: Institution,
  login: Login,
  drafts: readonly DraftAccount[],
): Promise<BankAccount[]> {
  const loginKey = loginKeyOf(ctx, login)
  let booked = await listAccountsOfLogin(tx, institution.id, loginKey)
  if (booked.length < drafts.length) {
    for (const [position, draft] of drafts.entries()) {
      await openAccount(ctx, tx, { institutionId: institution.id, loginKey, position }, draft)
    }
    booked = await listAccountsOfLogin(tx, institution.id, loginKey)
    const openedAt = ctx.clock.now()
    const { seed, ...beginning } = beginningOf(login, newYorkDate(openedAt))
    const place = { institutionId: institution.id, loginKey }
    await beginLife(tx, { ...place, ...beginning, seed: seed ?? `${institution.id}|${loginKey}`, openedAt })
  }
  return drafts.map((draft, position) => {
    const account = booked.find((one) => one.position === position)
    assert(account !== undefined, 'each account of a login is in the books')
    return { ...draft, bankAccountId: account.id, ...shownBalances(account) }
  })
}

/** What the account shows: debts as what is owed. */
export function shownBalances({
  type,
  balanceMinor,
  availableMinor,
}: Pick<BookedAccount, 'type' | 'balanceMinor' | 'availableMinor'>) {
  return { currentMinor: isDebt(type) ? -balanceMinor : balanceMinor, availableMinor }
}

/** Two logins are one when they show the same accounts: a custom user is its description. */
export function loginKeyOf(ctx: BankContext, { username, password }: Login): string {
  if (username === DEFAULT_LOGIN.username || isLivingUser(username)) return username
  return `${username}.${ctx.cipher.blindIndex(`login|${JSON.stringify(JSON.parse(password))}`)}`
}

/** What an ACH entry's routing and account number are looked up by. */
export function numberIndexOf(ctx: BankContext, routing: string, account: string): string {
  return ctx.cipher.blindIndex(`ach|${routing}|${account}`)
}

/** Puts one account into the books, unless its place there is taken. */
export async function openAccount(
  ctx: BankContext,
  tx: Tx,
  place: { institutionId: string; loginKey: string; position: number },
  draft: DraftAccount,
): Promise<void> {
  const id = randomUUID()
  const now = ctx.clock.now()
  const { type, subtype, currency, currentMinor, availableMinor } = draft
  const shown = currentMinor ?? availableMinor ?? 0n
  const openingMinor = isDebt(type) ? -shown : shown
  const isNew = await insertCustomerAccount(tx, {
    ...place,
    id,
    type,
    subtype,
    currency,
    // The opening movement raises what is available as well.
    availableMinor: availableMinor === null ? null : availableMinor - openingMinor,
    described: draft.described ?? null,
    overdraftMinor: place.loginKey === DEFAULT_LOGIN.username ? DEFAULT_OVERDRAFT_MINOR : 0n,
    openedAt: now,
  })
  if (!isNew) return
  const ach = draft.numbers?.ach
  if (ach !== undefined) await addNumber(tx, id, numberIndexOf(ctx, ach.routing, ach.account))
  await postMovement(tx, {
    key: `opening.${id}`,
    kind: 'opening',
    description: 'OPENING BALANCE',
    at: now,
    lines: [
      { accountId: id, amountMinor: openingMinor },
      { accountId: await houseAccount(tx, 'outside', now, currency), amountMinor: -openingMinor },
    ],
  })
}
