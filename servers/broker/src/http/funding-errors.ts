import type { RelationshipRejection } from '../ach/relationship.ts'
import type { TransferRejection } from '../transfers/transfer.ts'
import type { BankRejection } from '../wires/recipient-bank.ts'
import type { Details, WireError } from './wire-error.ts'

const text = (details: Details, key: string) => String(details[key])

export const relationshipErrors: Record<RelationshipRejection, WireError> = {
  account_not_linkable: { status: 403, code: 40310000, message: 'account does not allow bank relationships' },
  relationship_exists: { status: 409, code: 40910000, message: 'account already has an active relationship' },
  relationship_in_use: {
    status: 422,
    code: 40010001,
    message: 'relationship has transfers that are under way',
  },
  relationship_not_found: { status: 404, code: 40410000, message: 'ach relationship not found' },
  relationship_not_reviewable: {
    status: 422,
    code: 42210000,
    message: (details) => `a relationship in status ${text(details, 'status')} waits for no review`,
  },
}

export const bankErrors: Record<BankRejection, WireError> = {
  bank_exists: { status: 409, code: 40910000, message: 'account already has an active recipient bank' },
  bank_in_use: { status: 422, code: 40010001, message: 'recipient bank has wires that are under way' },
  bank_not_found: { status: 404, code: 40410000, message: 'recipient bank not found' },
}

export const transferErrors: Record<TransferRejection, WireError> = {
  bank_invalid: { status: 422, code: 40010001, message: 'invalid bank_id' },
  deposits_not_permitted: {
    status: 403,
    code: 40310000,
    message: 'deposits are not permitted for this account',
  },
  withdrawals_not_permitted: {
    status: 403,
    code: 40310000,
    message: 'withdrawals are not permitted for this account',
  },
  insufficient_withdrawable: {
    status: 403,
    code: 40310000,
    message: (details) =>
      `insufficient balance (requested: ${text(details, 'requested')}, available: ${text(details, 'available')})`,
    fields: (details) => ({ available: text(details, 'available') }),
  },
  relationship_invalid: { status: 422, code: 40010001, message: 'invalid relationship_id' },
  transfer_not_cancelable: {
    status: 422,
    code: 42210000,
    message: (details) => `transfer is not cancelable in status ${text(details, 'status')}`,
  },
  transfer_not_found: { status: 404, code: 40410000, message: 'transfer not found' },
  transfer_not_representable: {
    status: 422,
    code: 42210000,
    message: (details) => `the transfer cannot be presented again: ${text(details, 'reason')}`,
  },
  transfer_not_reviewable: {
    status: 422,
    code: 42210000,
    message: (details) => `a transfer in status ${text(details, 'status')} waits for no review`,
  },
  wire_below_fee: {
    status: 422,
    code: 40010001,
    message: (details) => `withdrawal amount must be greater than ${text(details, 'least')}`,
  },
}
