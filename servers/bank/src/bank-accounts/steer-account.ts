import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
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
    const account = await lockCustomerAccount(tx, id)
    if (state !== undefined) await setAccountState(tx, id, state)
    if (overdraftMinor !== undefined) await setOverdraft(tx, id, overdraftMinor)
    const changeMinor = balanceMinor === undefined ? 0n : balanceMinor - account.balanceMinor
    const description = changeMinor > 0n ? 'COUNTER DEPOSIT' : 'COUNTER WITHDRAWAL'
    if (changeMinor !== 0n) await adjust(ctx, tx, account, changeMinor, description)
    return (await findBookedAccount(tx, id)) ?? account
  })
}

/** Books money that comes in (above zero) or goes out, under a text of its own. */
export async function moveFromOutside(
  ctx: BankContext,
  id: string,
  { amountMinor, description }: { amountMinor: bigint; description: string },
): Promise<BookedAccount> {
  return ctx.db.transaction().execute(async (tx) => {
    const account = await lockCustomerAccount(tx, id)
    await adjust(ctx, tx, account, amountMinor, description)
    return (await findBookedAccount(tx, id)) ?? account
  })
}

async function lockCustomerAccount(tx: Tx, id: string): Promise<BookedAccount> {
  const account = await findBookedAccount(tx, id, { forUpdate: true })
  if (account === undefined || account.institutionId === null) throw new BankRefused('bank_account_unknown')
  return account
}

async function adjust(
  ctx: BankContext,
  tx: Tx,
  { id, currency, entryCount }: BookedAccount,
  amountMinor: bigint,
  description: string,
): Promise<void> {
  const at = ctx.clock.now()
  await postMovement(tx, {
    // The account is locked: its number of entries tells this adjustment from all others.
    key: `adjustment.${id}.${entryCount}`,
    kind: 'adjustment',
    description,
    at,
    lines: [
      { accountId: id, amountMinor },
      { accountId: await houseAccount(tx, 'outside', at, currency), amountMinor: -amountMinor },
    ],
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
