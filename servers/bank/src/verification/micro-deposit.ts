import { scheduleJob } from '@paddock/service'
import { nextWindow, settlementAt } from '../ach-operator/windows.ts'
import { houseAccount } from '../bank-accounts/bank-account-store.ts'
import { postMovement } from '../bank-accounts/post-movement.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { sandboxRoutingNumbers } from '../institutions/catalog.ts'
import { BankRefused } from '../refusals.ts'
import type { TypedNumbers } from './typed-numbers.ts'

export const DEPOSIT_QUEUE = 'micro-deposit'
const AMOUNT_MINOR = 1n
export const MOST_MISSES = 3
/** What the vendor's sandbox takes for its own numbers. */
const DOCUMENTED_CODE = 'ABC'
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

export interface MicroDeposit {
  /** The account of an item that it is sent for, or its own. */
  id: string
  bankAccountId: string
  numbers: TypedNumbers
  /** Who sends it: the app, as the statement names it. */
  sender: string
}

/** The code in the deposit's description: derived, so that it is kept nowhere beside the account. */
export function codeOf(ctx: BankContext, { id, numbers }: Pick<MicroDeposit, 'id' | 'numbers'>): string {
  if (isDocumented(numbers)) return DOCUMENTED_CODE
  const bytes = Buffer.from(
    ctx.cipher.blindIndex(`micro-deposit|${id}|${numbers.routing}|${numbers.account}`),
    'base64url',
  )
  return [...bytes.subarray(0, 3)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
}

/** What Link may tell about the code: where it stands on a statement, nothing. */
export function hintOf(numbers: TypedNumbers): string | null {
  return isDocumented(numbers) ? DOCUMENTED_CODE : null
}

export function isCode(
  ctx: BankContext,
  deposit: Pick<MicroDeposit, 'id' | 'numbers'>,
  typed: string,
): boolean {
  return typed.trim().toUpperCase() === codeOf(ctx, deposit)
}

/** Refused for a wrong code, `misses` being how many there were with this one. */
export function refuseMiss(misses: number): never {
  throw new BankRefused(misses >= MOST_MISSES ? 'deposit_codes_used_up' : 'deposit_code_wrong')
}

/** Sends it by the next file of the day that settles on the same day. Wake the agenda after the commit. */
export async function scheduleDeposit(ctx: BankContext, tx: Tx, deposit: MicroDeposit): Promise<void> {
  const now = ctx.clock.now()
  const entry = {
    effective: undefined,
    direction: 'credit',
    amountMinor: AMOUNT_MINOR,
    mayBeSameDay: true,
  } as const
  const runAt = settlementAt(nextWindow(now), entry) ?? now
  // The numbers stay out of the job; only the code goes with it.
  const payload: DepositPayload = {
    id: deposit.id,
    bankAccountId: deposit.bankAccountId,
    description: descriptionOf(ctx, deposit),
  }
  await scheduleJob(tx, { queue: DEPOSIT_QUEUE, key: deposit.id, runAt, payload })
}

/** Books it at once. The same deposit again books nothing. */
export async function bookDeposit(ctx: BankContext, tx: Tx, deposit: MicroDeposit): Promise<void> {
  await book(ctx, tx, { ...deposit, description: descriptionOf(ctx, deposit) })
}

interface DepositPayload {
  id: string
  bankAccountId: string
  description: string
}

async function book(
  ctx: BankContext,
  tx: Tx,
  { id, bankAccountId, description }: DepositPayload,
): Promise<void> {
  const at = ctx.clock.now()
  await postMovement(tx, {
    key: `micro-deposit.${id}.${bankAccountId}`,
    kind: 'ach_micro_deposit',
    description,
    at,
    lines: [
      { accountId: bankAccountId, amountMinor: AMOUNT_MINOR },
      { accountId: await houseAccount(tx, 'outside', at), amountMinor: -AMOUNT_MINOR },
    ],
  })
}

function descriptionOf(ctx: BankContext, deposit: MicroDeposit): string {
  return `#${codeOf(ctx, deposit)} ${deposit.sender.toUpperCase().slice(0, 16)} ACCTVERIFY`
}

function isDocumented({ routing }: TypedNumbers): boolean {
  return Object.hasOwn(sandboxRoutingNumbers, routing)
}

export const depositHandlers = {
  async [DEPOSIT_QUEUE](ctx: BankContext, payload: DepositPayload): Promise<void> {
    await ctx.db.transaction().execute((tx) => book(ctx, tx, payload))
  },
}
