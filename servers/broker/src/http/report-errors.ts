import type { ReportRejection } from '../reporting/report-day.ts'
import type { WireError } from './wire-error.ts'

/** What reports are refused with (contracts/alpaca/reporting.md). */
export const reportErrors: Record<ReportRejection, WireError> = {
  report_not_of_last_day: {
    status: 422,
    code: 40010001,
    message: (details) => `asof must be the last trading date, which is ${String(details.last)}`,
  },
  report_token_invalid: { status: 422, code: 40010001, message: 'page_token is invalid' },
}
