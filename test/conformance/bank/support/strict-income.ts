import { z } from 'zod'
import { key, maybe, text, unlessNull } from '../../python-client/models/values.ts'
import { Owner } from './strict-models.ts'

/** What a person is paid, as the type-checking client reads it; see strict-models.ts. */
const number = unlessNull(z.number())
const word = unlessNull(text)
const currency = { iso_currency_code: maybe(text), unofficial_currency_code: maybe(text) }
const amounts = unlessNull(
  z.array(
    z.object({ amount: z.number(), iso_currency_code: key(text), unofficial_currency_code: key(text) }),
  ),
)

const history = unlessNull(
  z.array(
    z.object({
      total_amount: number,
      ...currency,
      total_amounts: amounts,
      start_date: word,
      end_date: word,
      transactions: unlessNull(
        z.array(
          z.object({
            amount: number,
            date: word,
            name: word,
            original_description: maybe(text),
            pending: unlessNull(z.boolean()),
            transaction_id: word,
            check_number: maybe(text),
            ...currency,
          }),
        ),
      ),
    }),
  ),
)

const Account = z.object({
  account_id: text,
  mask: key(text),
  name: text,
  official_name: key(text),
  subtype: text,
  type: text,
  owners: z.array(Owner),
})

const Source = z.object({
  income_source_id: word,
  income_description: word,
  income_category: word,
  account_id: word,
  start_date: word,
  end_date: word,
  pay_frequency: word,
  total_amount: number,
  transaction_count: number,
  historical_summary: history,
})

export const BankIncome = z.object({
  bank_income_id: word,
  generated_time: word,
  days_requested: number,
  items: unlessNull(
    z.array(
      z.object({
        bank_income_accounts: unlessNull(z.array(Account)),
        bank_income_sources: unlessNull(z.array(Source)),
        last_updated_time: word,
        institution_id: word,
        institution_name: word,
        item_id: word,
      }),
    ),
  ),
  bank_income_summary: unlessNull(
    z.object({
      total_amount: number,
      ...currency,
      total_amounts: amounts,
      start_date: word,
      end_date: word,
      income_sources_count: number,
      income_categories_count: number,
      income_transactions_count: number,
      historical_summary: history,
    }),
  ),
  warnings: unlessNull(z.array(z.unknown())),
})
