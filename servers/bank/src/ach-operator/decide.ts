import type { BookedAccount } from '../bank-accounts/bank-account.ts'
import { findAccountByNumber, institutionOfRouting } from '../bank-accounts/find-account.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { isPayable } from '../personas/draft-account.ts'
import { clockOf } from './answer-clock.ts'
import { magicCode } from './magic.ts'
import type { Flaw, SettledEntry } from './operator.ts'
import { takePlan } from './plan-store.ts'

/** What the receiving bank does with an entry. */
export interface Decision {
  /** Null: a bank that is not simulated, which takes everything. */
  account: BookedAccount | null
  /** Whether it stands on the account until it is answered. */
  isPosted: boolean
  /** R… to send it back, C… to correct it. */
  code: string | null
  flaw: Flaw | null
}

/** What is left of each account while a batch is decided. */
export type Left = Map<string, bigint>

/**
 * First what somebody planned, then what the entry itself asks for, then what the account says. Returns with
 * sixty days' time are of entries that stood on the account; the others never did, but for refused credits.
 */
export async function decide(ctx: BankContext, tx: Tx, entry: SettledEntry, left: Left): Promise<Decision> {
  const { detail } = entry.entry
  const accountNumber = detail.accountNumber.trim()
  const account = (await findAccountByNumber(ctx, tx, entry.routingNumber, accountNumber)) ?? null
  const plan = await takePlan(tx, entry, ctx.clock.now())
  const magic = magicCode({ accountNumber, amountMinor: entry.amountMinor, individualName: nameOf(entry) })
  const code = plan?.code ?? magic ?? reasonOf(entry, account, accountNumber, left) ?? null
  const isPosted = code === null || code.startsWith('C') || staysUntilReturned(code)
  if (isPosted && account !== null) takeFrom(left, account, entry)
  return { account, isPosted, code, flaw: plan?.flaw ?? null }
}

function staysUntilReturned(code: string): boolean {
  const clock = clockOf(code)
  return clock === 'sixty_days' || clock === 'as_agreed' || clock === 'upon_refusal'
}

function reasonOf(
  entry: SettledEntry,
  account: BookedAccount | null,
  accountNumber: string,
  left: Left,
): string | undefined {
  if (account === null) {
    if (institutionOfRouting(entry.routingNumber) === undefined) return undefined
    return /^\d{4,17}$/.test(accountNumber) ? 'R03' : 'R04'
  }
  const byState = reasonOfState(account, entry)
  if (byState !== undefined) return byState
  if (!isPayable(account)) return 'R20'
  if (entry.direction !== 'debit' || entry.amountMinor === 0n) return undefined
  return entry.amountMinor > leftOf(left, account) ? 'R01' : undefined
}

function reasonOfState({ state }: BookedAccount, { direction }: SettledEntry): string | undefined {
  switch (state) {
    case 'open':
      return undefined
    case 'closed':
      return 'R02'
    case 'frozen':
      return 'R16'
    case 'deceased':
      return 'R15'
    case 'no_transactions':
      return 'R20'
    case 'no_debits':
      return direction === 'debit' ? 'R08' : undefined
  }
}

function leftOf(left: Left, { id, availableMinor, balanceMinor, overdraftMinor }: BookedAccount): bigint {
  const known = left.get(id)
  if (known !== undefined) return known
  const amount = (availableMinor ?? balanceMinor) + overdraftMinor
  left.set(id, amount)
  return amount
}

function takeFrom(left: Left, account: BookedAccount, { direction, amountMinor }: SettledEntry): void {
  const sign = direction === 'debit' ? -1n : 1n
  left.set(account.id, leftOf(left, account) + sign * amountMinor)
}

function nameOf({ entry: { detail } }: SettledEntry): string {
  return 'individualName' in detail ? detail.individualName : ''
}
