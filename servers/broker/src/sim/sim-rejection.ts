import { DomainError } from '@paddock/kernel'

export type SimRejection =
  | 'clock_moves_forward_only'
  | 'clock_too_far'
  | 'fill_above_order'
  | 'fill_needs_cash'
  | 'order_not_acknowledgeable'
  | 'order_not_steerable'
  | 'transfer_not_returnable'
  | 'transfer_not_settleable'

/** The simulation's own door says no. */
export class SimRefused extends DomainError<SimRejection> {
  override readonly name = 'SimRefused'
}
