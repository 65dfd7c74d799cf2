import { randomUUID } from 'node:crypto'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { Institution } from '../institutions/institution.ts'
import { createItem } from '../items/create-item.ts'
import type { Account, Item } from '../items/item.ts'
import { lockSession, updateSession } from '../link-sessions/link-session-store.ts'
import type { LinkToken } from '../link-sessions/link-token.ts'
import { openSession, type SessionKey } from '../link-sessions/open-session.ts'
import { originBehind } from '../link-sessions/told-person.ts'
import { BankRefused } from '../refusals.ts'
import { authOptionsOf, byHandOf, type TypedSubtype } from './auth-flows.ts'
import { type KeptNumbers, keepNumbers, readKeptNumbers } from './kept-numbers.ts'
import { bookDeposit, isCode, MOST_MISSES, refuseMiss, scheduleDeposit } from './micro-deposit.ts'
import { bookedAccountOf, draftOf } from './typed-account.ts'
import { bankOfRouting, readTypedNumbers } from './typed-numbers.ts'

type KeptByHand = Extract<KeptNumbers, { kind: 'by_hand' }>

/**
 * Takes the numbers that were typed instead of signing in. At a bank where deposits arrive at once the code
 * is asked for in the same session; elsewhere the person comes back with it.
 */
export async function submitNumbers(
  ctx: BankContext,
  key: SessionKey,
  typed: { routing: string; account: string; subtype: TypedSubtype; holderName: string },
): Promise<{ institution: Institution; kept: KeptByHand }> {
  const { token, session } = await openSession(ctx, key)
  const { subtype, holderName } = typed
  if (byHandOf(token)?.subtypes.includes(subtype) !== true) throw new BankRefused('account_not_offered')
  const numbers = readTypedNumbers(typed.routing, typed.account)
  const institution = bankOfRouting(numbers.routing)
  const method = methodAt(token, institution)
  return ctx.db.transaction().execute(async (tx) => {
    const bankAccountId = await bookedAccountOf(ctx, tx, { numbers, subtype, holderName })
    const kept: KeptByHand = {
      kind: 'by_hand',
      numbers,
      subtype,
      holderName,
      bankAccountId,
      method,
      depositId: randomUUID(),
      misses: 0,
      isVerified: false,
    }
    await updateSession(tx, session, { institutionId: institution.id, loginCipher: null })
    await keepNumbers(ctx, tx, session, kept)
    if (method === 'INSTANT_MICRODEPOSITS') {
      const { clientName: sender } = token.request
      await bookDeposit(ctx, tx, { ...kept, id: kept.depositId, sender })
    }
    return { institution, kept }
  })
}

/** The code of a deposit that arrived at once. */
export async function submitInstantCode(
  ctx: BankContext,
  token: LinkToken,
  sessionId: string,
  code: string,
): Promise<void> {
  const misses = await ctx.db.transaction().execute(async (tx) => {
    const session = await lockSession(tx, token, sessionId)
    const kept = session === undefined ? undefined : readKeptNumbers(ctx, session)
    if (session === undefined || session.finishedAt !== null || kept?.kind !== 'by_hand') {
      throw new BankRefused('link_session_unknown')
    }
    if (kept.method !== 'INSTANT_MICRODEPOSITS') throw new BankRefused('link_session_unknown')
    const isRight = kept.misses < MOST_MISSES && isCode(ctx, { ...kept, id: kept.depositId }, code)
    const now = isRight ? kept.misses : Math.min(kept.misses + 1, MOST_MISSES)
    await keepNumbers(ctx, tx, session, { ...kept, misses: now, isVerified: isRight })
    return isRight ? 0 : now
  })
  if (misses > 0) refuseMiss(misses)
}

/** The item of typed numbers: one account, and for same-day deposits the deposit on its way. */
export async function createTypedItem(
  ctx: BankContext,
  tx: Tx,
  token: LinkToken,
  institution: Institution,
  kept: KeptByHand,
): Promise<{ item: Item; accounts: Account[] }> {
  const isInstant = kept.method === 'INSTANT_MICRODEPOSITS'
  if (isInstant && !kept.isVerified) throw new BankRefused('link_session_unknown')
  const { clientId, request } = token
  const verificationStatus = isInstant ? 'manually_verified' : 'pending_manual_verification'
  const created = await createItem(ctx, tx, {
    clientId,
    institution,
    username: '',
    products: request.products,
    webhook: request.webhook,
    ...originBehind(ctx, token),
    authMethod: kept.method,
    accounts: [{ ...draftOf(kept), bankAccountId: kept.bankAccountId, verificationStatus }],
  })
  const [account] = created.accounts
  if (!isInstant && account !== undefined) {
    const { bankAccountId, numbers } = kept
    await scheduleDeposit(ctx, tx, { id: account.id, bankAccountId, numbers, sender: request.clientName })
  }
  return created
}

function methodAt({ request }: LinkToken, institution: Institution): KeptByHand['method'] {
  const { sameDay, instantDeposits } = authOptionsOf(request)
  if (instantDeposits && institution.depositsAtOnce) return 'INSTANT_MICRODEPOSITS'
  if (!sameDay) throw new BankRefused('numbers_not_supported')
  return 'SAME_DAY_MICRODEPOSITS'
}
