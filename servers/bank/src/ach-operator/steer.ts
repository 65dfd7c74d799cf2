import { newYorkDate, nextBankingDay } from '@paddock/calendar'
import { changeCodes, returnCodes } from '@paddock/nacha'
import { houseAccount } from '../bank-accounts/bank-account-store.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { BankRefused } from '../refusals.ts'
import { findEntry, lockOperator } from './entry-store.ts'
import type { Flaw, SettledEntry } from './operator.ts'
import { insertPlan } from './plan-store.ts'
import { answerLater } from './settle-entries.ts'
import { morningSettlement } from './windows.ts'

export interface Wish {
  traceNumber?: string | undefined
  individualId?: string | undefined
  /** R… or C…, and what is to be wrong with the answer. */
  code: string
  flaw?: Flaw | undefined
  /** At once, whatever the clock of the code says; only for what has settled. */
  isNow: boolean
}

/**
 * What the receiving bank is to answer: to an entry that has settled, or to one that is still to come; to
 * whatever comes next when none is named. Answers which of the two it is.
 */
export async function planOutcome(ctx: BankContext, wish: Wish): Promise<'on_its_way' | 'waiting'> {
  if (!returnCodes.has(wish.code) && !changeCodes.has(wish.code)) throw new BankRefused('ach_code_unknown')
  const now = ctx.clock.now()
  const outcome = await ctx.db.transaction().execute(async (tx) => {
    await lockOperator(tx)
    const isNamed = wish.traceNumber !== undefined || wish.individualId !== undefined
    const entry = isNamed ? await findEntry(ctx, tx, wish) : undefined
    if (entry?.settledAt != null) {
      await answerSettled(tx, entry, wish, now)
      return 'on_its_way'
    }
    await insertPlan(
      tx,
      {
        traceNumber: wish.traceNumber ?? null,
        individualId: wish.individualId ?? null,
        code: wish.code,
        flaw: wish.flaw ?? null,
      },
      now,
    )
    return 'waiting'
  })
  ctx.agenda.wake()
  return outcome
}

async function answerSettled(tx: Tx, entry: SettledEntry, wish: Wish, now: Temporal.Instant): Promise<void> {
  const contraId = entry.accountId ?? (await houseAccount(tx, 'outside', now))
  const soon = { dueAt: now, settlesAt: morningSettlement(nextBankingDay(newYorkDate(now))) }
  const answer = { code: wish.code, flaw: wish.flaw ?? null, from: entry.settlesAt, contraId }
  await answerLater(tx, entry, { ...answer, notBefore: soon, isNow: wish.isNow })
}
