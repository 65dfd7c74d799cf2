import { z } from 'zod'
import { day, decimal, maybe, moment, oneOf, text, uuid } from './values.ts'

export const ACHRelationship = z.object({
  id: uuid,
  account_id: uuid,
  created_at: moment,
  updated_at: moment,
  status: z.enum(['QUEUED', 'APPROVED', 'PENDING']),
  account_owner_name: text,
  bank_account_type: z.enum(['CHECKING', 'SAVINGS', '']),
  bank_account_number: text,
  bank_routing_number: text,
  nickname: maybe(text),
  processor_token: maybe(text),
})

export const Bank = z.object({
  id: uuid,
  account_id: uuid,
  created_at: moment,
  updated_at: moment,
  name: text,
  status: z.enum(['QUEUED', 'SENT_TO_CLEARING', 'APPROVED', 'CANCELED']),
  country: text,
  state_province: text,
  postal_code: text,
  city: text,
  street_address: text,
  account_number: text,
  bank_code: text,
  bank_code_type: z.enum(['ABA', 'BIC']),
})

export const Transfer = z.object({
  id: uuid,
  account_id: uuid,
  created_at: moment,
  updated_at: maybe(moment),
  expires_at: maybe(moment),
  relationship_id: maybe(uuid),
  bank_id: maybe(uuid),
  amount: text,
  requested_amount: maybe(text),
  fee: maybe(text),
  fee_payment_method: maybe(z.enum(['user', 'invoice'])),
  type: z.enum(['ach', 'wire']),
  status: oneOf(
    'QUEUED APPROVAL_PENDING APPROVED PENDING SENT_TO_CLEARING SETTLED COMPLETE CANCELED REJECTED RETURNED',
  ),
  direction: z.enum(['INCOMING', 'OUTGOING']),
  reason: maybe(text),
  additional_information: maybe(text),
})

const currencies = 'USD GBP CHF EUR CAD JPY TRY AUD CZK SEK DKK SGD HKD HUF NZD NOK PLN'

export const Journal = z.object({
  id: uuid,
  from_account: uuid,
  to_account: uuid,
  entry_type: z.enum(['JNLC', 'JNLS']),
  status: oneOf('queued sent_to_clearing pending executed rejected refused canceled deleted correct'),
  symbol: maybe(text),
  qty: maybe(decimal),
  price: maybe(decimal),
  net_amount: maybe(decimal),
  description: maybe(text),
  settle_date: maybe(day),
  system_date: maybe(day),
  currency: maybe(oneOf(currencies)),
  transmitter_name: maybe(text),
  transmitter_account_number: maybe(text),
  transmitter_address: maybe(text),
  transmitter_financial_institution: maybe(text),
})

export const BatchJournalResponse = Journal.extend({ error_message: maybe(text) })
