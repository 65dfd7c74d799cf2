import {
  type BankIncomeBody,
  CreditBankIncomeGetRequest,
  CreditBankIncomeGetResponse,
  RequestIdResponse,
  SandboxBankIncomeFireWebhookRequest,
} from '@paddock/bank-wire'
import { assert } from '@paddock/kernel'
import type { BankContext } from '../context.ts'
import { type BankIncome, listBankIncome } from '../income/bank-income.ts'
import { fireIncomeWebhook } from '../income/fire-webhook.ts'
import { type IncomeSource, totalOf } from '../income/income.ts'
import { findInstitution } from '../institutions/catalog.ts'
import { derivedUuid } from '../tokens/secret-token.ts'
import type { ToldTransaction } from '../transactions/told-transaction.ts'
import { openUser } from '../users/users.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentMinor } from './present-account.ts'
import { presentInstant } from './present-item.ts'

/** What a person is paid, read from the bank's transactions (contracts/plaid/income.md). */
export function serveBankIncome(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/credit/bank_income/get',
    { request: CreditBankIncomeGetRequest, response: CreditBankIncomeGetResponse },
    async ({ options, ...named }, { clientId }) => {
      const user = await openUser(ctx, clientId, named)
      const incomes = await listBankIncome(ctx, user, options?.count ?? 1)
      return { bank_income: incomes.map((income) => presentIncome(ctx, income)) }
    },
  )

  operation(
    app,
    ctx,
    '/sandbox/bank_income/fire_webhook',
    { request: SandboxBankIncomeFireWebhookRequest, response: RequestIdResponse },
    async ({ webhook_code, webhook_override, webhook_fields }, { clientId }) => {
      const user = await openUser(ctx, clientId, { user_id: webhook_fields.user_id })
      const result = webhook_fields.bank_income_refresh_complete_result ?? 'SUCCESS'
      await fireIncomeWebhook(ctx, user, { code: webhook_code, result, url: webhook_override ?? null })
      return {}
    },
  )
}

function presentIncome(ctx: BankContext, income: BankIncome): BankIncomeBody {
  const { item, accounts, sources, from, to } = income
  const institution = findInstitution(item.institutionId)
  assert(institution !== undefined, 'an item is of an institution of the catalog')
  const at = presentInstant(income.at)
  const all = sources.flatMap(({ transactions }) => transactions).sort(byDate)
  const days = {
    start_date: (all[0]?.date ?? from).toString(),
    end_date: (all.at(-1)?.date ?? to).toString(),
  }
  return {
    bank_income_id: derivedUuid(ctx.cipher, `bank income of ${item.clientId} ${item.id}`),
    generated_time: at,
    days_requested: income.daysRequested,
    items: [
      {
        bank_income_accounts: accounts.map(({ id, mask, name, officialName, subtype, owners }) => ({
          account_id: id,
          mask,
          name,
          official_name: officialName,
          subtype,
          type: 'depository' as const,
          owners: [...owners],
        })),
        bank_income_sources: sources.map((source) => presentSource(ctx, source, income)),
        last_updated_time: at,
        institution_id: institution.id,
        institution_name: institution.name,
        item_id: item.id,
      },
    ],
    bank_income_summary: {
      ...presentTotal(all, institution.currency),
      ...days,
      income_sources_count: sources.length,
      income_categories_count: new Set(sources.map(({ category }) => category)).size,
      income_transactions_count: all.length,
      historical_summary: presentMonths(all, income, institution.currency),
    },
    warnings: [],
  }
}

function presentSource(ctx: BankContext, source: IncomeSource, income: BankIncome) {
  const { accountId, name, category, frequency, transactions } = source
  const [first, last] = [transactions[0], transactions.at(-1)]
  assert(first !== undefined && last !== undefined, 'a source of income has paid')
  return {
    income_source_id: derivedUuid(ctx.cipher, `income source ${accountId} ${name}`),
    income_description: name,
    income_category: category,
    account_id: accountId,
    start_date: first.date.toString(),
    end_date: last.date.toString(),
    pay_frequency: frequency === null || frequency === 'ANNUALLY' ? ('UNKNOWN' as const) : frequency,
    total_amount: presentMinor(totalOf(transactions)),
    transaction_count: transactions.length,
    historical_summary: presentMonths(transactions, income, first.currency),
  }
}

/** Month by month, of which the first and the last may be parts. */
function presentMonths(transactions: readonly ToldTransaction[], { from, to }: BankIncome, currency: string) {
  const months = []
  for (let start = from; Temporal.PlainDate.compare(start, to) <= 0; ) {
    const next = start.with({ day: 1 }).add({ months: 1 })
    const end = Temporal.PlainDate.compare(next, to) > 0 ? to : next.subtract({ days: 1 })
    const within = transactions.filter(
      ({ date }) =>
        Temporal.PlainDate.compare(date, start) >= 0 && Temporal.PlainDate.compare(date, end) <= 0,
    )
    months.push({
      ...presentTotal(within, currency),
      start_date: start.toString(),
      end_date: end.toString(),
      transactions: within.map(presentPaid),
    })
    start = next
  }
  return months
}

/** The older fields hold the first currency only. */
function presentTotal(transactions: readonly ToldTransaction[], usual: string) {
  const byCurrency = Map.groupBy(transactions, ({ currency }) => currency)
  const totals = [...byCurrency].map(([currency, those]) => ({
    amount: presentMinor(totalOf(those)),
    iso_currency_code: currency,
    unofficial_currency_code: null,
  }))
  const [first] = totals
  return {
    total_amount: first?.amount ?? 0,
    iso_currency_code: first?.iso_currency_code ?? usual,
    unofficial_currency_code: null,
    total_amounts: totals,
  }
}

/** Above zero for what comes in, as in the vendor's examples; its words say the contrary. */
function presentPaid({ amountMinor, date, name, transactionId, currency }: ToldTransaction) {
  return {
    amount: presentMinor(amountMinor),
    date: date.toString(),
    name,
    original_description: name,
    pending: false,
    transaction_id: transactionId,
    check_number: null,
    iso_currency_code: currency,
    unofficial_currency_code: null,
  }
}

const byDate = (a: ToldTransaction, b: ToldTransaction) => Temporal.PlainDate.compare(a.date, b.date)
