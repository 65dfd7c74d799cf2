import type { LedgerTx } from './database.ts'
import { type Known, planTransfers } from './plan.ts'
import { LedgerRejected, type LedgerRejection } from './rejection.ts'
import { findEndings, findTransfers, lockRows, writePlan } from './store.ts'
import type { PostedTransfer, Transfer } from './transfer.ts'

/**
 * Applies a batch, all of it or nothing, each transfer on what the one before has left. A transfer that was
 * applied before, in an earlier batch or this one, is answered as it was. Call it once per transaction: it
 * locks accounts in order of id, and a second call could wait for someone who waits for the first.
 */
export async function post(tx: LedgerTx, transfers: readonly Transfer[]): Promise<PostedTransfer[]> {
  if (transfers.length === 0) return []
  const known = await lockAndRead(tx, transfers)
  const plan = planTransfers(known, transfers)
  if (plan.newTransfers.length === 0) return plan.results
  try {
    await writePlan(tx, plan)
  } catch (error) {
    throw translated(error)
  }
  return plan.results
}

/**
 * What was recorded before is read after the locks are held: a twin with the same content has the same
 * accounts, so it either waits for us or has committed and is seen. A pend that is to be ended tells its
 * accounts before the lock, which is safe because it never changes.
 */
async function lockAndRead(tx: LedgerTx, batch: readonly Transfer[]): Promise<Known> {
  const accountIds = new Set<string>()
  const ids = new Set<string>()
  const pendingIds = new Set<string>()
  for (const request of batch) {
    ids.add(request.id)
    if ('pendingId' in request) pendingIds.add(request.pendingId)
    else accountIds.add(request.from).add(request.to)
  }
  const pends = await findTransfers(tx, [...pendingIds])
  for (const pend of pends) accountIds.add(pend.from).add(pend.to)

  const [accounts, recorded, endedBy] = await Promise.all([
    lockRows(tx, [...accountIds]),
    findTransfers(tx, [...ids]),
    findEndings(tx, [...pendingIds]),
  ])
  const transfers = new Map([...pends, ...recorded].map((transfer) => [transfer.id, transfer]))
  return { accounts, transfers, endedBy }
}

const UNIQUE_VIOLATION = '23505'

/** What only the database can see: someone else took the id or the cause, on accounts that we did not lock. */
const rejectionByConstraint: Record<string, LedgerRejection> = {
  ledger_transfers_pkey: 'transfer_id_taken',
  ledger_transfers_cause_key: 'cause_taken',
  ledger_transfers_pending_key: 'pending_already_resolved',
}

function translated(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== UNIQUE_VIOLATION) return error
  const constraint = 'constraint' in error ? String(error.constraint) : ''
  const rejection = rejectionByConstraint[constraint]
  return rejection === undefined ? error : new LedgerRejected(rejection, { constraint })
}
