import { z } from 'zod'

const text = z.string().nullable()

const LocationBody = z.object({
  address: text,
  city: text,
  region: text,
  postal_code: text,
  country: text,
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  store_number: text,
})

const PaymentMetaBody = z.object({
  reference_number: text,
  ppd_id: text,
  payee: text,
  by_order_of: text,
  payer: text,
  payment_method: text,
  payment_processor: text,
  reason: text,
})

export const PersonalFinanceCategoryBody = z.object({
  primary: z.string(),
  detailed: z.string(),
  confidence_level: z.string(),
  version: z.enum(['v1', 'v2']),
})

const CounterpartyBody = z.object({
  name: z.string(),
  type: z.enum([
    'merchant',
    'financial_institution',
    'payment_app',
    'marketplace',
    'payment_terminal',
    'income_source',
  ]),
  website: text,
  logo_url: text,
  entity_id: text,
  confidence_level: z.string(),
})

export const TransactionBody = z.object({
  transaction_id: z.string(),
  account_id: z.string(),
  account_owner: text,
  amount: z.number(),
  iso_currency_code: text,
  unofficial_currency_code: text,
  date: z.string(),
  datetime: text,
  authorized_date: text,
  authorized_datetime: text,
  name: z.string(),
  merchant_name: text,
  merchant_entity_id: text,
  logo_url: text,
  website: text,
  original_description: z.string().nullable().optional(),
  check_number: text,
  pending: z.boolean(),
  pending_transaction_id: text,
  payment_channel: z.enum(['online', 'in store', 'other']),
  payment_meta: PaymentMetaBody,
  transaction_code: text,
  transaction_type: z.enum(['digital', 'place', 'special']),
  category: z.array(z.string()).nullable(),
  category_id: text,
  personal_finance_category: PersonalFinanceCategoryBody,
  location: LocationBody,
  counterparties: z.array(CounterpartyBody),
})
export type TransactionBody = z.infer<typeof TransactionBody>

export const RemovedTransactionBody = z.object({ transaction_id: z.string(), account_id: z.string() })
