import type { AuthMethod } from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { LinkSession } from '../link-sessions/link-session.ts'
import { updateSession } from '../link-sessions/link-session-store.ts'
import type { TypedSubtype } from './auth-flows.ts'
import type { TypedNumbers } from './typed-numbers.ts'

/** What a session has of typed numbers, until it ends. */
export type KeptNumbers =
  | {
      kind: 'by_hand'
      numbers: TypedNumbers
      subtype: TypedSubtype
      holderName: string
      bankAccountId: string
      method: Extract<AuthMethod, 'SAME_DAY_MICRODEPOSITS' | 'INSTANT_MICRODEPOSITS'>
      /** Where the code is asked for in this session: each typing sends another deposit with another code. */
      depositId: string
      misses: number
      isVerified: boolean
    }
  | {
      kind: 'after_login'
      numbers: TypedNumbers
      accountKey: string
      method: Extract<AuthMethod, 'INSTANT_MATCH' | 'AUTOMATED_MICRODEPOSITS'>
      isMatch: boolean
    }

const cell = (sessionId: string) => ({
  table: 'bank.link_sessions',
  column: 'numbers_cipher',
  rowId: sessionId,
})

export async function keepNumbers(
  ctx: BankContext,
  db: Db | Tx,
  session: LinkSession,
  kept: KeptNumbers,
): Promise<void> {
  const numbersCipher = ctx.cipher.encrypt(JSON.stringify(kept), cell(session.id))
  await updateSession(db, session, { numbersCipher })
}

export function readKeptNumbers(ctx: BankContext, session: LinkSession): KeptNumbers | undefined {
  if (session.numbersCipher === null) return undefined
  return JSON.parse(ctx.cipher.decrypt(session.numbersCipher, cell(session.id))) as KeptNumbers
}
