import type { CustomUser, InflowModel } from '@paddock/bank-wire'
import type { Override } from '../living/life-store.ts'
import { readMinor } from './custom-amount.ts'

type CustomAccount = NonNullable<NonNullable<CustomUser['override_accounts']>[number]>

/** How many months of a model's payments there are before the accounts are opened, and how many of income after. */
const MONTHS = 24
const USUAL_APR = 15
const names = {
  'monthly-income': 'PAYCHECK',
  'monthly-balance-payment': 'PAYMENT THANK YOU',
  'monthly-interest-only-payment': 'INTEREST PAYMENT THANK YOU',
} as const

/** The transactions that the JSON writes down or models, each for the account at its place. */
export function overridesOf(user: CustomUser, openedOn: Temporal.PlainDate): Override[] {
  return (user.override_accounts ?? []).flatMap((account, position) => [
    ...(account.transactions ?? []).map((one, at) => ({
      position,
      name: one.description,
      // The vendor's amounts are what the account loses.
      amountMinor: (-readMinor(one.amount, pathOf(position, `transactions.${at}.amount`))).toString(),
      authorizedOn: one.date_transacted,
      postedOn: one.date_posted,
    })),
    ...inflowsOf(account, position, openedOn),
  ])
}

/** What a model pays each month (contracts/plaid/personas.md). Debts stand still, so that they are paid in the past only. */
function inflowsOf(account: CustomAccount, position: number, openedOn: Temporal.PlainDate): Override[] {
  const model = account.inflow_model
  if (model == null || model.type === 'none') return []
  const amountMinor = paidMinor(account, model, position)
  if (amountMinor === 0n) return []
  const ahead = model.type === 'monthly-income' ? MONTHS : 0
  const first = openedOn.toPlainYearMonth().subtract({ months: MONTHS })
  return Array.from({ length: MONTHS + ahead + 1 }, (_, index) => first.add({ months: index }))
    .map((month) => month.toPlainDate({ day: dayIn(month, model.payment_day_of_month ?? 1) }))
    .filter((on) => ahead > 0 || Temporal.PlainDate.compare(on, openedOn) <= 0)
    .map((on) => ({
      position,
      name: model.transaction_name ?? names[model.type as keyof typeof names],
      amountMinor: amountMinor.toString(),
      authorizedOn: on.toString(),
      postedOn: on.toString(),
      isModel: true,
    }))
}

function paidMinor(
  { starting_balance, liability }: CustomAccount,
  { type, income_amount }: InflowModel,
  position: number,
): bigint {
  if (type === 'monthly-income') {
    return readMinor(income_amount ?? 0, pathOf(position, 'inflow_model.income_amount'))
  }
  const balanceMinor = readMinor(starting_balance ?? 1000, pathOf(position, 'starting_balance'))
  if (type === 'monthly-balance-payment') return balanceMinor
  const basisPoints = BigInt(
    Math.round((liability?.nominal_apr ?? liability?.purchase_apr ?? USUAL_APR) * 100),
  )
  return (balanceMinor * basisPoints) / 120_000n
}

function dayIn(month: Temporal.PlainYearMonth, day: number | string): number {
  return day === 'last' ? month.daysInMonth : Number(day)
}

const pathOf = (position: number, field: string) => `override_accounts.${position}.${field}`
