import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { Institution } from '../institutions/institution.ts'
import type { Account, Item } from '../items/item.ts'
import type { LinkSession } from '../link-sessions/link-session.ts'
import type { LinkToken } from '../link-sessions/link-token.ts'
import { institutionOf } from '../link-sessions/session-login.ts'
import { createTypedItem } from './by-hand.ts'
import { finishTyped } from './code.ts'
import { readKeptNumbers } from './kept-numbers.ts'

/** Ends a session in which nobody signed in: nothing where somebody did. */
export async function finishByNumbers(
  ctx: BankContext,
  tx: Tx,
  token: LinkToken,
  session: LinkSession,
): Promise<{ institution: Institution; item: Item; accounts: Account[] } | undefined> {
  const verified = await finishTyped(ctx, tx, token)
  if (verified !== undefined) return { institution: institutionOf(session), ...verified }
  const kept = readKeptNumbers(ctx, session)
  if (kept?.kind !== 'by_hand') return undefined
  const institution = institutionOf(session)
  return { institution, ...(await createTypedItem(ctx, tx, token, institution, kept)) }
}
