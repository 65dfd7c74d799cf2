import { assert } from '@paddock/kernel'
import { LedgerRejected } from './rejection.ts'
import type { DirectTransfer, PostedTransfer, PostPending, Transfer, VoidPending } from './transfer.ts'

/** An account under lock, with the balances that the batch has reached so far. */
export type AccountState = {
  readonly id: string
  readonly asset: string
  readonly floor: bigint | null
  /** Where its row lies (`ctid`), which cannot change under our lock until we write it. */
  readonly place: string
  posted: bigint
  pendingIn: bigint
  pendingOut: bigint
  version: bigint
}

/** One signed change of one account's posted balance. */
export type Entry = {
  readonly accountId: string
  readonly version: bigint
  readonly transferId: string
  readonly amount: bigint
  readonly balanceAfter: bigint
  readonly at: Temporal.Instant
}

/** What the database knows about a batch. Planning writes into it, so that it is good for one plan. */
export type Known = {
  readonly accounts: Map<string, AccountState>
  /** By id: those of the batch that were recorded before, and the pends that the batch ends. */
  readonly transfers: Map<string, PostedTransfer>
  /** From a pend's id to the transfer that ended it. */
  readonly endedBy: Map<string, string>
}

export type Plan = {
  /** One for each transfer of the batch, in its order; those recorded before as they were. */
  readonly results: PostedTransfer[]
  readonly newTransfers: PostedTransfer[]
  readonly newEntries: Entry[]
  readonly changedAccounts: Set<AccountState>
}

/** Decides a batch one transfer after the other, each on the balances that the one before has left. */
export function planTransfers(known: Known, batch: readonly Transfer[]): Plan {
  const plan: Plan = { results: [], newTransfers: [], newEntries: [], changedAccounts: new Set() }
  const causes = new Map<string, string>()
  for (const request of batch) {
    // Before every other rule: a retry must meet its earlier self, not the money that one has moved.
    const earlier = known.transfers.get(request.id)
    if (earlier !== undefined) {
      if (!isSameContent(known, request, earlier)) {
        throw new LedgerRejected('transfer_id_taken', { transferId: request.id })
      }
      plan.results.push(earlier)
      continue
    }
    refuseRepeatedCause(causes, request)
    const transfer = isDirect(request) ? decideDirect(known, request) : decideEnding(known, request)
    apply(known, plan, transfer)
    known.transfers.set(transfer.id, transfer)
    plan.newTransfers.push(transfer)
    plan.results.push(transfer)
  }
  return plan
}

function isDirect(request: Transfer): request is DirectTransfer {
  return request.type === 'post' || request.type === 'pend'
}

function isSameContent(known: Known, request: Transfer, earlier: PostedTransfer): boolean {
  const { cause } = request
  const isSameCause =
    cause.kind === earlier.cause.kind && cause.id === earlier.cause.id && cause.step === earlier.cause.step
  if (request.type !== earlier.type || !isSameCause) return false
  if (isDirect(request)) {
    return request.from === earlier.from && request.to === earlier.to && request.amount === earlier.amount
  }
  if (request.pendingId !== earlier.pendingId) return false
  if (request.type === 'void_pending') return true
  return (request.amount ?? known.transfers.get(request.pendingId)?.amount) === earlier.amount
}

function refuseRepeatedCause(causes: Map<string, string>, { id, cause }: Transfer): void {
  // PostgreSQL's text has no NUL, so that it separates without doubt.
  const key = `${cause.kind}\0${cause.id}\0${cause.step}`
  const other = causes.get(key)
  if (other !== undefined) throw new LedgerRejected('cause_taken', { transferId: id, cause, takenBy: other })
  causes.set(key, id)
}

function decideDirect(known: Known, request: DirectTransfer): PostedTransfer {
  const { id, type, amount, cause } = request
  assert(request.from !== request.to, `transfer ${id} goes from an account to itself`)
  if (amount <= 0n) throw new LedgerRejected('amount_not_positive', { transferId: id, amount })
  const from = accountOf(known, request.from)
  const to = accountOf(known, request.to)
  if (from.asset !== to.asset) {
    throw new LedgerRejected('asset_mismatch', { transferId: id, from: from.id, to: to.id })
  }
  const available = from.posted - from.pendingOut
  if (from.floor !== null && available - amount < from.floor) {
    throw new LedgerRejected('insufficient_funds', {
      transferId: id,
      accountId: from.id,
      amount,
      available,
      floor: from.floor,
    })
  }
  const at = storable(request.at)
  return { id, type, pendingId: null, from: from.id, to: to.id, asset: from.asset, amount, cause, at }
}

function decideEnding(known: Known, request: PostPending | VoidPending): PostedTransfer {
  const { id, type, pendingId, cause } = request
  const pend = known.transfers.get(pendingId)
  if (pend?.type !== 'pend') throw new LedgerRejected('pending_not_found', { transferId: id, pendingId })
  const endedBy = known.endedBy.get(pendingId)
  if (endedBy !== undefined) {
    throw new LedgerRejected('pending_already_resolved', { transferId: id, pendingId, endedBy })
  }
  const amount = request.type === 'post_pending' ? (request.amount ?? pend.amount) : pend.amount
  if (amount <= 0n) throw new LedgerRejected('amount_not_positive', { transferId: id, amount })
  if (amount > pend.amount) {
    throw new LedgerRejected('amount_exceeds_pending', { transferId: id, amount, pended: pend.amount })
  }
  const { from, to, asset } = pend
  return { id, type, pendingId, from, to, asset, amount, cause, at: storable(request.at) }
}

function apply(known: Known, plan: Plan, transfer: PostedTransfer): void {
  const from = accountOf(known, transfer.from)
  const to = accountOf(known, transfer.to)
  if (transfer.type === 'pend') {
    from.pendingOut += transfer.amount
    to.pendingIn += transfer.amount
  }
  if (transfer.pendingId !== null) {
    const pended = known.transfers.get(transfer.pendingId)?.amount
    assert(pended !== undefined)
    from.pendingOut -= pended
    to.pendingIn -= pended
    assert(from.pendingOut >= 0n && to.pendingIn >= 0n, `pend ${transfer.pendingId} is not in its accounts`)
    known.endedBy.set(transfer.pendingId, transfer.id)
  }
  if (transfer.type === 'post' || transfer.type === 'post_pending') {
    plan.newEntries.push(enter(from, transfer, -transfer.amount), enter(to, transfer, transfer.amount))
  }
  plan.changedAccounts.add(from).add(to)
}

function enter(account: AccountState, { id, at }: PostedTransfer, amount: bigint): Entry {
  account.posted += amount
  account.version += 1n
  const { version, posted } = account
  return { accountId: account.id, version, transferId: id, amount, balanceAfter: posted, at }
}

function accountOf(known: Known, accountId: string): AccountState {
  const account = known.accounts.get(accountId)
  if (account === undefined) throw new LedgerRejected('account_not_found', { accountId })
  return account
}

/** PostgreSQL keeps microseconds; the first result must be the one that is read back later. */
function storable(at: Temporal.Instant): Temporal.Instant {
  if (at.epochNanoseconds % 1000n === 0n) return at
  return at.round({ smallestUnit: 'microsecond', roundingMode: 'floor' })
}
