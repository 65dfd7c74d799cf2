import type { Balance, LedgerRejection, NewAccount, PostedTransfer, Transfer } from '../src/index.ts'

export type Answer = { results: PostedTransfer[] } | { refusedFor: Set<LedgerRejection> }

/**
 * The ledger as one would explain it: a list of transfers, and every question answered by reading the whole
 * list again. Slow and obvious, so that the fast one can be held against it.
 */
export class Model {
  readonly #accounts: Map<string, NewAccount>
  #transfers: readonly PostedTransfer[] = []

  constructor(accounts: readonly NewAccount[]) {
    this.#accounts = new Map(accounts.map((account) => [account.id, account]))
  }

  post(batch: readonly Transfer[]): Answer {
    const before = this.#transfers
    const results: PostedTransfer[] = []
    const refusedFor = new Set<LedgerRejection>()
    for (const request of batch) {
      const earlier = this.find(request.id)
      const why = earlier === undefined ? this.#refusals(request) : this.#differences(request, earlier)
      for (const code of why) refusedFor.add(code)
      // A cause of an earlier batch shows when the rows are written: whatever comes later may be told instead.
      const goesOn =
        why.size === 0 || (why.size === 1 && why.has('cause_taken') && takesCause(request, before))
      if (!goesOn) break
      const transfer = earlier ?? this.#recorded(request)
      if (earlier === undefined) this.#transfers = [...this.#transfers, transfer]
      results.push(transfer)
    }
    if (refusedFor.size === 0) return { results }
    this.#transfers = before
    return { refusedFor }
  }

  find(id: string): PostedTransfer | undefined {
    return this.#transfers.find((transfer) => transfer.id === id)
  }

  balance(accountId: string, at?: Temporal.Instant): Balance {
    const seen = this.#transfers.filter((transfer) => at === undefined || isBy(transfer.at, at))
    const total = (amounts: PostedTransfer[]) => amounts.reduce((sum, { amount }) => sum + amount, 0n)
    const moved = seen.filter(({ type }) => type === 'post' || type === 'post_pending')
    const open = seen.filter(
      ({ id, type }) => type === 'pend' && !seen.some(({ pendingId }) => pendingId === id),
    )
    const posted =
      total(moved.filter(({ to }) => to === accountId)) -
      total(moved.filter(({ from }) => from === accountId))
    const pendingIn = total(open.filter(({ to }) => to === accountId))
    const pendingOut = total(open.filter(({ from }) => from === accountId))
    return { posted, pendingIn, pendingOut, available: posted - pendingOut }
  }

  #recorded(request: Transfer): PostedTransfer {
    const { id, type, cause, at } = request
    if ('pendingId' in request) {
      const pend = this.find(request.pendingId)
      if (pend === undefined) throw new Error('the model let an end without a pend pass')
      const amount = ('amount' in request ? request.amount : undefined) ?? pend.amount
      return { ...pend, id, type, pendingId: pend.id, amount, cause, at }
    }
    const asset = this.#accounts.get(request.from)?.asset ?? ''
    return {
      id,
      type,
      pendingId: null,
      from: request.from,
      to: request.to,
      asset,
      amount: request.amount,
      cause,
      at,
    }
  }

  #differences(request: Transfer, earlier: PostedTransfer): Set<LedgerRejection> {
    const { at: _then, asset: _asset, ...first } = earlier
    const { type, id, cause } = request
    const fullAmount = 'pendingId' in request ? this.find(request.pendingId)?.amount : undefined
    const now =
      'pendingId' in request
        ? {
            id,
            type,
            pendingId: request.pendingId,
            from: first.from,
            to: first.to,
            amount: ('amount' in request ? request.amount : undefined) ?? fullAmount,
            cause,
          }
        : { id, type, pendingId: null, from: request.from, to: request.to, amount: request.amount, cause }
    return same(first, now) ? new Set() : new Set(['transfer_id_taken'])
  }

  #refusals(request: Transfer): Set<LedgerRejection> {
    const refusals = new Set<LedgerRejection>()
    if (takesCause(request, this.#transfers)) refusals.add('cause_taken')
    if ('pendingId' in request) {
      const pend = this.find(request.pendingId)
      if (pend?.type !== 'pend') return refusals.add('pending_not_found')
      if (this.#transfers.some(({ pendingId }) => pendingId === pend.id))
        refusals.add('pending_already_resolved')
      const amount = ('amount' in request ? request.amount : undefined) ?? pend.amount
      if (amount <= 0n) refusals.add('amount_not_positive')
      if (amount > pend.amount) refusals.add('amount_exceeds_pending')
      return refusals
    }
    const from = this.#accounts.get(request.from)
    const to = this.#accounts.get(request.to)
    if (request.amount <= 0n) refusals.add('amount_not_positive')
    if (from === undefined || to === undefined) return refusals.add('account_not_found')
    if (from.asset !== to.asset) refusals.add('asset_mismatch')
    const left = this.balance(from.id).available - request.amount
    if (from.floor !== null && left < from.floor) refusals.add('insufficient_funds')
    return refusals
  }
}

function takesCause({ id, cause }: Transfer, transfers: readonly PostedTransfer[]): boolean {
  return transfers.some((other) => other.id !== id && same(other.cause, cause))
}

function isBy(at: Temporal.Instant, limit: Temporal.Instant): boolean {
  return Temporal.Instant.compare(at, limit) <= 0
}

function same(one: object, other: object): boolean {
  return canonical(one) === canonical(other)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`
    if (part === null || typeof part !== 'object') return part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}
