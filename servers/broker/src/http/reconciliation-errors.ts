import type { ReconciliationRejection } from '../reconciliation/reconciliation.ts'
import type { WireError } from './wire-error.ts'

export const reconciliationErrors: Record<ReconciliationRejection, WireError> = {
  break_not_found: { status: 404, code: 40410000, message: 'break not found' },
  break_not_open: {
    status: 422,
    code: 42210000,
    message: (details) => `the break is ${String(details.state)} already`,
  },
  journal_without_amount: {
    status: 422,
    code: 42210000,
    message: 'a journal needs an amount and two different accounts',
  },
  reconciliation_not_found: {
    status: 404,
    code: 40410000,
    message: 'nothing was reconciled yet, or not on this day',
  },
}
