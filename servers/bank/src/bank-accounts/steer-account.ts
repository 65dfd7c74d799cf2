import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import type { AccountState, BookedAccount } from './bank-account.ts'
import { findBookedAccount, houseAccount, setAccountState, setOverdraft } from './bank-account-store.ts'
import { findAccountByNumber } from './find-account.ts'
import { postMovement } from './post-movement.ts'

export interface AccountChange {
  state?: AccountState | undefined
  /** What the account is to show as its balance. */
  balanceMinor?: bigint | undefined
  overdraftMinor?: bigint | undefined
}

/** What happens to an account from outside: money comes or goes, it is closed or frozen. */
export async function steerAccount(
  ctx: BankContext,
  id: string,
  { state, balanceMinor, overdraftMinor }: AccountChange,
): Promise<BookedAccount> {
  return ctx.db.transaction().execute(async (tx) => {
    const account = await findBookedAccount(tx, id, { forUpdate: true })
    if (account === undefined || account.institutionId === null) throw new BankRefused('bank_account_unknown')
    if (state !== undefined) await setAccountState(tx, id, state)
    if (overdraftMinor !== undefined) await setOverdraft(tx, id, overdraftMinor)
    const changeMinor = balanceMinor === undefined ? 0n : balanceMinor - account.balanceMinor
    if (changeMinor !== 0n) {
      const now = ctx.clock.now()
      await postMovement(tx, {
        // The account is locked: its number of entries tells this adjustment from all others.
        key: `adjustment.${id}.${account.entryCount}`,
        kind: 'adjustment',
        description: changeMinor > 0n ? 'COUNTER DEPOSIT' : 'COUNTER WITHDRAWAL',
        at: now,
        lines: [
          { accountId: id, amountMinor: changeMinor },
          { accountId: await houseAccount(tx, 'outside', now, account.currency), amountMinor: -changeMinor },
        ],
      })
    }
    return (await findBookedAccount(tx, id)) ?? account
  })
}

/** The account that ACH entries with these numbers reach. */
export async function findByNumbers(
  ctx: BankContext,
  routing: string,
  number: string,
): Promise<BookedAccount> {
  const account = await ctx.db.transaction().execute((tx) => findAccountByNumber(ctx, tx, routing, number))
  if (account === undefined) throw new BankRefused('bank_account_unknown')
  return account
}
