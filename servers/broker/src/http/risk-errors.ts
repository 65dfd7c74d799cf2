import type { RiskRejection } from '../risk/risk-rejection.ts'
import type { Details, WireError } from './wire-error.ts'

const text = (details: Details, key: string) => String(details[key])

/** Above a limit of money: what the limit is, and what is left of it. */
const limit = (told: (details: Details) => string): WireError => ({
  status: 422,
  code: 40010001,
  message: told,
  fields: (details) => ({ limit: text(details, 'limit'), remaining: text(details, 'remaining') }),
})

const refused = (message: string | ((details: Details) => string)): WireError => ({
  status: 403,
  code: 40310000,
  message,
})

/** What the rules about money by ACH say no to (contracts/nacha/risk.md). */
export const riskErrors: Record<RiskRejection, WireError> = {
  account_limit_exceeded: limit(
    (details) =>
      `limit of ${text(details, 'limit')} for deposits that may still come back exceeded, remaining: ${text(details, 'remaining')}`,
  ),
  daily_limit_exceeded: limit(
    (details) =>
      `daily transfer limit of ${text(details, 'limit')} exceeded, remaining today: ${text(details, 'remaining')}`,
  ),
  rolling_limit_exceeded: limit(
    (details) =>
      `transfer limit of ${text(details, 'limit')} in 30 days exceeded, remaining: ${text(details, 'remaining')}`,
  ),
  transfer_limit_exceeded: {
    status: 422,
    code: 40010001,
    message: (details) => `a transfer moves at most ${text(details, 'limit')}`,
    fields: (details) => ({ limit: text(details, 'limit') }),
  },
  bank_balance_too_low: refused('the bank account does not hold enough for this deposit'),
  bank_balance_unknown: refused('the bank did not tell the balance of the account; try again'),
  closed_loop: {
    ...refused(
      (details) =>
        `recent deposits are paid back to the bank that they came from; to another bank may leave ${text(details, 'available')}`,
    ),
    fields: (details) => ({ available: text(details, 'available') }),
  },
  too_many_banks: refused((details) => `at most ${text(details, 'limit')} banks may be linked in 7 days`),
  too_many_returns: refused(
    (details) => `${text(details, 'returns')} deposits came back in 30 days: no further one is taken`,
  ),
  too_many_transfers: refused(
    (details) => `at most ${text(details, 'limit')} transfers may be requested a day`,
  ),
}
