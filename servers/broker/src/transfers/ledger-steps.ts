import { type Transfer as LedgerTransfer, post } from '@paddock/ledger'
import type { Tx } from '../db/database.ts'
import { ACH_CLEARING, cashAccount } from '../ledger-accounts.ts'
import type { Transfer } from './transfer.ts'

/** Each step of a transfer in the ledger happens once: its id and its cause say which one it is. */
type Step = 'hold' | 'settle' | 'void' | 'return'

const named = ({ id }: Transfer, step: Step, at: Temporal.Instant) => ({
  id: `transfer:${id}:${step}`,
  cause: { kind: 'transfer', id, step },
  at,
})

function route(transfer: Transfer): { from: string; to: string } {
  const cash = cashAccount(transfer.accountId)
  return transfer.direction === 'INCOMING'
    ? { from: ACH_CLEARING, to: cash }
    : { from: cash, to: ACH_CLEARING }
}

/** Sets the money aside: a deposit is announced, a withdrawal is taken out of what can be spent. */
export async function holdTransfer(tx: Tx, transfer: Transfer, at: Temporal.Instant): Promise<void> {
  await postOne(tx, {
    ...named(transfer, 'hold', at),
    type: 'pend',
    ...route(transfer),
    amount: transfer.amountMinor,
  })
}

/** The money has moved between the banks: it moves in the books. */
export async function settleHeldTransfer(tx: Tx, transfer: Transfer, at: Temporal.Instant): Promise<void> {
  await postOne(tx, {
    ...named(transfer, 'settle', at),
    type: 'post_pending',
    pendingId: named(transfer, 'hold', at).id,
  })
}

/** The money will not move: what was set aside is free again. */
export async function releaseTransfer(tx: Tx, transfer: Transfer, at: Temporal.Instant): Promise<void> {
  await postOne(tx, {
    ...named(transfer, 'void', at),
    type: 'void_pending',
    pendingId: named(transfer, 'hold', at).id,
  })
}

/** The money had moved and goes back. Refused by the ledger when a deposit has been spent. */
export async function reverseTransfer(tx: Tx, transfer: Transfer, at: Temporal.Instant): Promise<void> {
  const { from, to } = route(transfer)
  await postOne(tx, {
    ...named(transfer, 'return', at),
    type: 'post',
    from: to,
    to: from,
    amount: transfer.amountMinor,
  })
}

async function postOne(tx: Tx, transfer: LedgerTransfer): Promise<void> {
  await post(tx, [transfer])
}
