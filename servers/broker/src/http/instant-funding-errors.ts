import type { InstantFundingRejection } from '../instant-funding/instant-funding.ts'
import type { Details, WireError } from './wire-error.ts'

const text = (details: Details, key: string) => String(details[key])

const overLimit = (whose: string): WireError => ({
  status: 422,
  code: 40010001,
  message: (details) =>
    `instant funding limit of ${text(details, 'limit')} for ${whose} exceeded, available: ${text(details, 'available')}`,
  fields: (details) => ({ limit: text(details, 'limit'), available: text(details, 'available') }),
})

export const instantFundingErrors: Record<InstantFundingRejection, WireError> = {
  instant_account_invalid: { status: 422, code: 40010001, message: 'invalid account_no' },
  instant_account_limit_exceeded: overLimit('the account'),
  instant_firm_limit_exceeded: overLimit('the correspondent'),
  instant_funding_being_settled: {
    status: 422,
    code: 42210000,
    message: 'instant funding is part of a settlement in progress',
  },
  instant_funding_not_cancelable: {
    status: 422,
    code: 42210000,
    message: (details) => `instant funding is not cancelable in status ${text(details, 'status')}`,
  },
  instant_funding_not_found: { status: 404, code: 40410000, message: 'instant funding not found' },
  instant_funding_not_settleable: {
    status: 422,
    code: 40010001,
    message: (details) =>
      `instant_transfer_id ${text(details, 'id')} cannot be settled in status ${text(details, 'status')}`,
  },
  instant_settlement_in_progress: {
    status: 422,
    code: 40010001,
    message: 'another settlement is in progress',
  },
  instant_settlement_not_found: { status: 404, code: 40410000, message: 'settlement not found' },
  instant_source_invalid: { status: 422, code: 40010001, message: 'invalid source_account_no' },
}
