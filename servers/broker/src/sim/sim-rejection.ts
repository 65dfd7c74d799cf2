import { DomainError } from '@paddock/kernel'

export type SimRejection =
  | 'clock_moves_forward_only'
  | 'clock_too_far'
  | 'return_needs_cash'
  | 'transfer_not_returnable'
  | 'transfer_not_settleable'

/** The simulation's own door says no. */
export class SimRefused extends DomainError<SimRejection> {
  override readonly name = 'SimRefused'
}
