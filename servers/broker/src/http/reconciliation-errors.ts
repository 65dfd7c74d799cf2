import type { ReconciliationRejection } from '../reconciliation/reconciliation.ts'
import type { TraceRejection } from '../reconciliation/trace-subject.ts'
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

export const traceErrors: Record<TraceRejection, WireError> = {
  trace_ambiguous: {
    status: 422,
    code: 42210000,
    message: 'this settled several transfers together: ask for one of them',
    fields: (details) => ({ of: (details.of as readonly string[]).map(String) }),
  },
  trace_needs_one: {
    status: 422,
    code: 42210000,
    message:
      'exactly one of transfer_id, trace_number, file_id with line, ledger_transaction_id and event_id is needed',
  },
  trace_not_found: { status: 404, code: 40410000, message: 'no ACH transfer or entry is known by this' },
}
