import type { BankIncomeCategory } from '@paddock/bank-wire'
import { dayOf, type Frequency, findStreams } from '../recurring/stream.ts'
import type { ToldTransaction } from '../transactions/told-transaction.ts'

/** One way in which a person is paid: the same text on the same account. */
export interface IncomeSource {
  accountId: string
  name: string
  category: BankIncomeCategory
  /** Nothing where it comes at uneven distances. */
  frequency: Frequency | null
  /** The oldest first. */
  transactions: readonly ToldTransaction[]
}

/** What counts as income, and what the vendor calls it: the longest start of a category counts. */
const incomeCategories: Readonly<Record<string, BankIncomeCategory>> = {
  INCOME: 'OTHER',
  INCOME_CHILD_SUPPORT: 'CHILD_SUPPORT',
  INCOME_GIG_ECONOMY: 'GIG_ECONOMY',
  INCOME_INTEREST_EARNED: 'BANK_INTEREST',
  INCOME_LONG_TERM_DISABILITY: 'LONG_TERM_DISABILITY',
  INCOME_MILITARY: 'MILITARY',
  INCOME_RENTAL: 'RENTAL',
  INCOME_RETIREMENT_PENSION: 'RETIREMENT',
  INCOME_SALARY: 'SALARY',
  INCOME_TAX_REFUND: 'TAX_REFUND',
  INCOME_UNEMPLOYMENT: 'UNEMPLOYMENT',
  TRANSFER_IN_DEPOSIT: 'CASH_DEPOSIT',
  TRANSFER_IN_TRANSFER_IN_FROM_APPS: 'TRANSFER_FROM_APPLICATION',
}

/** The sources of income among transactions, the largest first. How often each pays is what recurs at all. */
export function findIncome(
  transactions: readonly ToldTransaction[],
  today: Temporal.PlainDate,
): IncomeSource[] {
  const frequencies = new Map(
    findStreams(transactions, today).map(({ transactions: [first], frequency }) => [
      first?.transactionId,
      frequency,
    ]),
  )
  const paid = transactions
    .filter((one) => one.amountMinor > 0n && !one.isPending && one.method !== 'refund')
    .filter(({ category }) => categoryOf(category) !== undefined)
    .sort((a, b) => Temporal.PlainDate.compare(dayOf(a), dayOf(b)))
  const groups = Map.groupBy(paid, ({ accountId, name }) => `${accountId}|${name}`)
  const sources = [...groups.values()].flatMap((group): IncomeSource[] => {
    const [first] = group
    const category = first === undefined ? undefined : categoryOf(first.category)
    if (first === undefined || category === undefined) return []
    const frequency = frequencies.get(first.transactionId) ?? null
    return [{ accountId: first.accountId, name: first.name, category, frequency, transactions: group }]
  })
  return sources.sort((a, b) => Number(totalOf(b.transactions) - totalOf(a.transactions)))
}

export function totalOf(transactions: readonly ToldTransaction[]): bigint {
  return transactions.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
}

function categoryOf(detailed: string): BankIncomeCategory | undefined {
  if (incomeCategories[detailed] !== undefined) return incomeCategories[detailed]
  return detailed.startsWith('INCOME_') ? incomeCategories.INCOME : undefined
}
