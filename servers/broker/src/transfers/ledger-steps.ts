import { type Transfer as LedgerTransfer, post, readBalances } from '@paddock/ledger'
import type { UsdMinor } from '@paddock/money'
import type { Tx } from '../db/database.ts'
import { debitAccount, openMemoBooks } from '../instant-funding/memo-books.ts'
import { ACH_CLEARING, cashAccount, FIRM_FEES, WIRE_CLEARING } from '../ledger-accounts.ts'
import type { Transfer } from './transfer.ts'

/** Each step of a transfer in the ledger happens once: its id and its cause say which one it is. */
type Step = 'hold' | 'settle' | 'void' | 'return'

/** The fee of a wire is a cost of its own beside the money that moves. */
type FeeStep = 'hold' | 'settle' | 'void' | 'bill'

const named = ({ id }: Transfer, step: Step, at: Temporal.Instant) => ({
  id: `transfer:${id}:${step}`,
  cause: { kind: 'transfer', id, step },
  at,
})

const feeNamed = ({ id }: Transfer, step: FeeStep, at: Temporal.Instant) => ({
  id: `wire_fee:${id}:${step}`,
  cause: { kind: 'wire_fee', id, step },
  at,
})

function route(transfer: Transfer): { from: string; to: string } {
  const cash = cashAccount(transfer.accountId)
  const clearing = transfer.counterpart.type === 'ach' ? ACH_CLEARING : WIRE_CLEARING
  return transfer.direction === 'INCOMING' ? { from: clearing, to: cash } : { from: cash, to: clearing }
}

/** Sets the money aside: a deposit is announced, a withdrawal and its fee are taken out of what can be spent. */
export async function holdTransfer(tx: Tx, transfer: Transfer, at: Temporal.Instant): Promise<void> {
  const { accountId, amountMinor, feeMinor } = transfer
  const hold: LedgerTransfer = {
    ...named(transfer, 'hold', at),
    type: 'pend',
    ...route(transfer),
    amount: amountMinor,
  }
  const fee: LedgerTransfer = {
    ...feeNamed(transfer, 'hold', at),
    type: 'pend',
    from: cashAccount(accountId),
    to: FIRM_FEES,
    amount: feeMinor,
  }
  await post(tx, feeMinor > 0n ? [hold, fee] : [hold])
}

/** The money has moved between the banks: it moves in the books. `payer` pays the fee that the firm is billed. */
export async function settleHeldTransfer(
  tx: Tx,
  transfer: Transfer,
  payer: string,
  at: Temporal.Instant,
): Promise<void> {
  const steps: LedgerTransfer[] = [ending(transfer, 'settle', 'post_pending', at)]
  if (transfer.feeMinor > 0n) steps.push(feeEnding(transfer, 'settle', 'post_pending', at))
  if (transfer.billedFeeMinor > 0n) {
    const bill = { ...feeNamed(transfer, 'bill', at), type: 'post' as const }
    steps.push({ ...bill, from: payer, to: FIRM_FEES, amount: transfer.billedFeeMinor })
  }
  await post(tx, steps)
}

/** The money will not move: what was set aside is free again. */
export async function releaseTransfer(tx: Tx, transfer: Transfer, at: Temporal.Instant): Promise<void> {
  const steps = [ending(transfer, 'void', 'void_pending', at)]
  if (transfer.feeMinor > 0n) steps.push(feeEnding(transfer, 'void', 'void_pending', at))
  await post(tx, steps)
}

/**
 * The money had moved and goes back, the fee does not. What a customer has spent of a deposit he owes from then
 * on: the firm puts it into his cash first, so that the whole deposit can go back. Answers what is owed.
 */
export async function reverseTransfer(tx: Tx, transfer: Transfer, at: Temporal.Instant): Promise<UsdMinor> {
  const { accountId, amountMinor } = transfer
  const { from, to } = route(transfer)
  const back = { ...named(transfer, 'return', at), type: 'post' as const }
  const reversal: LedgerTransfer = { ...back, from: to, to: from, amount: amountMinor }
  const cash = cashAccount(accountId)
  const available = to === cash ? await availableIn(tx, cash) : amountMinor
  const owedMinor = (available < amountMinor ? amountMinor - available : 0n) as UsdMinor
  if (owedMinor === 0n) {
    await post(tx, [reversal])
    return owedMinor
  }
  await openMemoBooks(tx, accountId)
  const debt: LedgerTransfer = {
    type: 'post',
    id: `returned_deposit:${transfer.id}:owe`,
    cause: { kind: 'returned_deposit', id: transfer.id, step: 'owe' },
    at,
    from: debitAccount(accountId),
    to: cash,
    amount: owedMinor,
  }
  await post(tx, [debt, reversal])
  return owedMinor
}

async function availableIn(tx: Tx, cash: string): Promise<bigint> {
  const available = (await readBalances(tx, [cash])).get(cash)?.available ?? 0n
  return available > 0n ? available : 0n
}

type Ending = 'post_pending' | 'void_pending'

function ending(transfer: Transfer, step: Step, type: Ending, at: Temporal.Instant): LedgerTransfer {
  return { ...named(transfer, step, at), type, pendingId: named(transfer, 'hold', at).id }
}

function feeEnding(transfer: Transfer, step: FeeStep, type: Ending, at: Temporal.Instant): LedgerTransfer {
  return { ...feeNamed(transfer, step, at), type, pendingId: feeNamed(transfer, 'hold', at).id }
}
