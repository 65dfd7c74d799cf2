import { DomainError } from '@paddock/kernel'

export type OrderRefusal =
  | 'commission_not_valid'
  | 'notional_not_valid'
  | 'quantity_not_valid'
  | 'quantity_or_notional'

export class OrderRefused extends DomainError<OrderRefusal> {
  override readonly name = 'OrderRefused'
}
