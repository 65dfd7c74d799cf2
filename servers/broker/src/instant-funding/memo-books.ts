import { ledgerAccountId, openAccounts, readBalances, type Transfer } from '@paddock/ledger'
import type { UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { Db, Tx } from '../db/database.ts'
import { cashAccount } from '../ledger-accounts.ts'

/**
 * What an account was given in advance, below zero by that much. Its money is in the cash account like any
 * other, so that orders can spend it; both together are what is the account's own.
 */
const memoAccount = (accountId: AccountId) => ledgerAccountId(accountId, 'memo', 'USD')

/** What an account spent of an advance that was called off, below zero by that much. */
export const debitAccount = (accountId: AccountId) => ledgerAccountId(accountId, 'debit', 'USD')

/** What is to be added to an account's cash to know what is its own. */
export const advanceBooks = (accountId: AccountId) => [memoAccount(accountId), debitAccount(accountId)]

export async function openMemoBooks(tx: Tx, accountId: AccountId): Promise<void> {
  await openAccounts(tx, [
    { id: memoAccount(accountId), owner: accountId, kind: 'memo', asset: 'USD', floor: null },
    { id: debitAccount(accountId), owner: accountId, kind: 'debit', asset: 'USD', floor: null },
  ])
}

export type Advances = {
  /** Given and not yet paid for. */
  readonly memoMinor: UsdMinor
  /** Spent and called off: the account owes it. */
  readonly debitMinor: UsdMinor
}

export async function readAdvances(db: Db, accountId: AccountId): Promise<Advances> {
  const [memo, debit] = [memoAccount(accountId), debitAccount(accountId)]
  const balances = await readBalances(db, [memo, debit])
  return {
    memoMinor: -(balances.get(memo)?.posted ?? 0n) as UsdMinor,
    debitMinor: -(balances.get(debit)?.posted ?? 0n) as UsdMinor,
  }
}

/** Money before it arrives: instant funding, or instant credit on a deposit that is under way. */
export type Advance = {
  readonly kind?: 'instant_funding' | 'instant_credit'
  readonly id: string
  readonly accountId: AccountId
  /** Who pays in the end: the firm, or the account itself out of its deposit. */
  readonly sourceAccountId: AccountId
  readonly amountMinor: UsdMinor
}

type Step = 'advance' | 'settle' | 'recall' | 'debit'

const step = ({ kind = 'instant_funding', id }: Advance, name: Step, at: Temporal.Instant) => ({
  type: 'post' as const,
  id: `${kind}:${id}:${name}`,
  cause: { kind, id, step: name },
  at,
})

/** The account may buy with it. */
export const advance = (given: Advance, at: Temporal.Instant): Transfer => ({
  ...step(given, 'advance', at),
  from: memoAccount(given.accountId),
  to: cashAccount(given.accountId),
  amount: given.amountMinor,
})

/** Somebody has paid: what the account has is its own. */
export const repay = (given: Advance, at: Temporal.Instant): Transfer => ({
  ...step(given, 'settle', at),
  from: cashAccount(given.sourceAccountId),
  to: memoAccount(given.accountId),
  amount: given.amountMinor,
})

/** Nobody has paid: what is left is taken back, what was spent is owed. */
export function recall(
  given: Advance,
  availableMinor: bigint,
  at: Temporal.Instant,
): { takenMinor: UsdMinor; transfers: Transfer[] } {
  const { accountId, amountMinor } = given
  const free = availableMinor > 0n ? availableMinor : 0n
  const takenMinor = free < amountMinor ? free : amountMinor
  const memo = memoAccount(accountId)
  const move = (name: Step, from: string, amount: bigint): Transfer[] =>
    amount === 0n ? [] : [{ ...step(given, name, at), from, to: memo, amount }]
  return {
    takenMinor: takenMinor as UsdMinor,
    transfers: [
      ...move('recall', cashAccount(accountId), takenMinor),
      ...move('debit', debitAccount(accountId), amountMinor - takenMinor),
    ],
  }
}
