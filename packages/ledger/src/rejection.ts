import { DomainError } from '@paddock/kernel'

export type LedgerRejection =
  /** The account exists with another owner, kind, asset or floor. */
  | 'account_taken'
  | 'account_not_found'
  | 'asset_mismatch'
  | 'amount_not_positive'
  /** More is to be posted than was pended. */
  | 'amount_exceeds_pending'
  /** Another transfer names the same cause and step. */
  | 'cause_taken'
  | 'insufficient_funds'
  | 'pending_already_resolved'
  | 'pending_not_found'
  /** The id belongs to a transfer with other content. */
  | 'transfer_id_taken'

/** The ledger says no. Roll the transaction back, or go on without what was refused: nothing was written. */
export class LedgerRejected extends DomainError<LedgerRejection> {
  override readonly name = 'LedgerRejected'
}
