import { z } from 'zod'
import { key, maybe, text, unlessNull } from '../../python-client/models/values.ts'

/**
 * Objects as the vendor's type-checking Python client reads them (plaid-python 43): a key that it requires and
 * does not find, a null where it allows none, a word where it wants a number make the whole answer fail. What
 * it lets through, such as unknown keys and unknown words of an enumeration, is let through here.
 */
const number = z.number()
const flag = z.boolean()
const list = <Row extends z.ZodType>(row: Row) => z.array(row)
/** Keys that must all be there once the object is, each of which may be null. */
const allKeys = <Value extends z.ZodType>(names: string, value: Value) =>
  z.object(Object.fromEntries(names.split(' ').map((name) => [name, value.nullable()])))

export const PlaidError = z.object({
  error_type: text,
  error_code: text,
  error_message: text,
  display_message: key(text),
  error_code_reason: maybe(text),
  request_id: unlessNull(text),
  causes: unlessNull(list(z.unknown())),
  status: maybe(number),
  documentation_url: unlessNull(text),
  suggested_action: maybe(text),
})

export const Item = z.object({
  item_id: text,
  institution_id: maybe(text),
  institution_name: maybe(text),
  webhook: key(text),
  auth_method: maybe(text),
  error: key(PlaidError),
  available_products: list(text),
  billed_products: list(text),
  products: unlessNull(list(text)),
  consented_products: unlessNull(list(text)),
  consent_expiration_time: key(text),
  update_type: text,
})

export const ItemWithConsent = Item.extend({
  created_at: unlessNull(text),
  consented_use_cases: unlessNull(list(text)),
  consented_data_scopes: unlessNull(list(text)),
})

const updates = maybe(z.object({ last_successful_update: maybe(text), last_failed_update: maybe(text) }))
export const ItemStatus = z.object({
  investments: updates,
  transactions: updates,
  last_webhook: maybe(z.object({ sent_at: maybe(text), code_sent: unlessNull(text) })),
})

export const Balances = z.object({
  available: key(number),
  current: key(number),
  limit: key(number),
  iso_currency_code: key(text),
  unofficial_currency_code: key(text),
  last_updated_datetime: maybe(text),
})

export const Account = z.object({
  account_id: text,
  balances: Balances,
  mask: key(text),
  name: text,
  official_name: key(text),
  type: text,
  subtype: key(text),
  verification_status: unlessNull(text),
  verification_name: unlessNull(text),
  persistent_account_id: unlessNull(text),
  holder_category: maybe(text),
})

export const InvestmentAccount = Account.extend({
  balances: Balances.extend({ margin_loan_amount: key(number) }),
})

const contact = z.object({ data: text, primary: flag, type: text })
export const Owner = z.object({
  names: list(text),
  phone_numbers: list(contact),
  emails: list(contact),
  addresses: list(
    z.object({
      data: z.object({
        city: key(text),
        region: key(text),
        street: text,
        postal_code: key(text),
        country: key(text),
      }),
      primary: unlessNull(flag),
    }),
  ),
})
export const AccountWithOwners = Account.extend({ owners: list(Owner) })

const score = { score: key(number) }
export const MatchedAccount = Account.extend({
  legal_name: z.object({
    ...score,
    is_first_name_or_last_name_match: key(flag),
    is_nickname_match: key(flag),
    is_business_name_detected: key(flag),
  }),
  phone_number: z.object(score),
  email_address: z.object(score),
  address: z.object({ ...score, is_postal_code_match: key(flag) }),
})

const PersonalFinanceCategory = z.object({
  primary: text,
  detailed: text,
  confidence_level: maybe(text),
  version: unlessNull(text),
})

export const Transaction = z.object({
  transaction_id: text,
  account_id: text,
  account_owner: key(text),
  amount: number,
  iso_currency_code: key(text),
  unofficial_currency_code: key(text),
  date: text,
  datetime: key(text),
  authorized_date: key(text),
  authorized_datetime: key(text),
  name: text,
  merchant_name: maybe(text),
  merchant_entity_id: maybe(text),
  original_description: maybe(text),
  logo_url: maybe(text),
  website: maybe(text),
  check_number: maybe(text),
  pending: flag,
  pending_transaction_id: key(text),
  payment_channel: text,
  transaction_type: unlessNull(text),
  transaction_code: key(text),
  category: maybe(list(text)),
  category_id: maybe(text),
  personal_finance_category: maybe(PersonalFinanceCategory),
  personal_finance_category_icon_url: unlessNull(text),
  location: allKeys('address city region postal_code country store_number', text).extend({
    lat: key(number),
    lon: key(number),
  }),
  payment_meta: allKeys(
    'reference_number ppd_id payee by_order_of payer payment_method payment_processor reason',
    text,
  ),
  counterparties: unlessNull(
    list(
      z.object({
        name: text,
        type: text,
        website: key(text),
        logo_url: key(text),
        entity_id: maybe(text),
        confidence_level: maybe(text),
      }),
    ),
  ),
})
export const RemovedTransaction = z.object({ transaction_id: text, account_id: text })

const StreamAmount = z.object({
  amount: unlessNull(number),
  iso_currency_code: maybe(text),
  unofficial_currency_code: maybe(text),
})
export const TransactionStream = z.object({
  account_id: text,
  stream_id: text,
  description: text,
  merchant_name: key(text),
  first_date: text,
  last_date: text,
  predicted_next_date: maybe(text),
  frequency: text,
  transaction_ids: list(text),
  average_amount: StreamAmount,
  last_amount: StreamAmount,
  is_active: flag,
  status: text,
  category: key(list(text)),
  category_id: key(text),
  personal_finance_category: maybe(PersonalFinanceCategory),
  is_user_modified: flag,
})

const InstitutionHealth = z.object({
  status: text,
  last_status_change: text,
  breakdown: z.object({
    success: number,
    error_plaid: number,
    error_institution: number,
    refresh_interval: unlessNull(text),
  }),
})
export const Institution = z.object({
  institution_id: text,
  name: text,
  products: list(text),
  country_codes: list(text),
  routing_numbers: list(text),
  oauth: flag,
  dtc_numbers: unlessNull(list(text)),
  url: maybe(text),
  primary_color: maybe(text),
  logo: maybe(text),
  status: maybe(z.record(text, maybe(z.union([InstitutionHealth, list(z.unknown())])))),
})

const currency = { iso_currency_code: key(text), unofficial_currency_code: key(text) }
export const Holding = z.object({
  account_id: text,
  security_id: text,
  institution_price: number,
  institution_value: number,
  quantity: number,
  cost_basis: key(number),
  ...currency,
  institution_price_as_of: maybe(text),
  institution_price_datetime: maybe(text),
  vested_quantity: maybe(number),
  vested_value: maybe(number),
  tax_lots: unlessNull(list(z.unknown())),
})

export const Security = allKeys(
  'isin cusip sedol figi institution_security_id institution_id proxy_security_id name ticker_symbol type close_price_as_of iso_currency_code unofficial_currency_code market_identifier_code sector industry cfi_code',
  text,
).extend({
  security_id: text,
  is_cash_equivalent: key(flag),
  close_price: key(number),
  subtype: maybe(text),
  update_datetime: maybe(text),
  option_contract: key(
    z.object({
      contract_type: text,
      expiration_date: text,
      strike_price: number,
      underlying_security_ticker: text,
    }),
  ),
  fixed_income: key(
    z.object({
      yield_rate: key(z.object({ percentage: number, type: key(text) })),
      maturity_date: key(text),
      issue_date: key(text),
      face_value: key(number),
    }),
  ),
})

export const InvestmentTransaction = z.object({
  investment_transaction_id: text,
  account_id: text,
  security_id: key(text),
  cancel_transaction_id: maybe(text),
  date: text,
  transaction_datetime: maybe(text),
  name: text,
  quantity: number,
  amount: number,
  price: number,
  fees: key(number),
  type: text,
  subtype: text,
  ...currency,
})
