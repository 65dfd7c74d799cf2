/** Why a transfer exists. No two transfers have the same cause: a business step moves money once. */
export type Cause = {
  /** The kind of thing, such as `order`, `transfer`, `fill`. */
  readonly kind: string
  readonly id: string
  /** Which of its steps, such as `hold`, `settle`, `commission`. */
  readonly step: string
}

type Requested = {
  /** The caller's name for it. Asking twice for the same content under one id gives the first result. */
  readonly id: string
  readonly cause: Cause
  /** When it happened in the world; not part of the content, because a retry looks at the clock again. */
  readonly at: Temporal.Instant
}

/** Moves `amount` from one account to another: at once (`post`), or sets it aside until told (`pend`). */
export type DirectTransfer = Requested & {
  readonly type: 'post' | 'pend'
  readonly from: string
  readonly to: string
  readonly amount: bigint
}

/** Moves what was pended, or with `amount` a part of it; the rest is free again. */
export type PostPending = Requested & {
  readonly type: 'post_pending'
  readonly pendingId: string
  readonly amount?: bigint | undefined
}

/** Frees what was pended; nothing moves. */
export type VoidPending = Requested & { readonly type: 'void_pending'; readonly pendingId: string }

export type Transfer = DirectTransfer | PostPending | VoidPending

export type TransferType = Transfer['type']

/** A transfer as the ledger holds it. The amount of a `void_pending` is what it freed. */
export type PostedTransfer = {
  readonly id: string
  readonly type: TransferType
  readonly pendingId: string | null
  readonly from: string
  readonly to: string
  readonly asset: string
  readonly amount: bigint
  readonly cause: Cause
  readonly at: Temporal.Instant
}
