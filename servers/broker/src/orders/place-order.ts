import { newId } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import { acceptOrder, type Submission } from './accept-order.ts'
import type { Desk } from './desk.ts'
import { type Order, OrderRejected } from './order.ts'
import { type OrderRequest, readOrder } from './order-terms.ts'
import { isDue, workOrder } from './work-order.ts'

export type NewOrder = OrderRequest & {
  readonly accountId: AccountId
  readonly clientOrderId?: string | undefined
  readonly subtag?: string | undefined
  readonly instructions?: string | undefined
  readonly source?: string | undefined
}

/** A client order id is named by us where nobody else did. */
export const withClientId = (request: NewOrder): NewOrder & { readonly clientOrderId: string } => ({
  ...request,
  clientOrderId: request.clientOrderId ?? newId(),
})

/** Reads what somebody asked for, accepts it, and has it execute as far as it can; refused, it has changed nothing. */
export function placeOrder(
  desk: Desk,
  request: NewOrder & { readonly clientOrderId: string },
  taken: Set<string>,
): Order {
  const { accountId, clientOrderId, subtag, instructions, source } = request
  desk.account(accountId)
  // Before every other rule: a retry must meet its earlier self, not the cash that one holds.
  const key = `${accountId}|${clientOrderId}`
  if (taken.has(key)) throw new OrderRejected('client_order_id_taken')
  const submission: Submission = {
    ...readOrder(request),
    accountId,
    clientOrderId,
    subtag,
    instructions,
    source,
  }
  const accepted = acceptOrder(desk, submission)
  taken.add(key)
  // What can execute now does, in the same transaction; its customer is told of what was accepted, and then of that.
  const order = desk.order(accepted.id)
  if (order !== undefined && isDue(order, desk.now)) workOrder(desk, order)
  return accepted
}
