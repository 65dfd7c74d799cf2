import type { ToldTransaction } from '../transactions/told-transaction.ts'

export type Frequency = 'WEEKLY' | 'BIWEEKLY' | 'MONTHLY' | 'ANNUALLY'

/** Payments that come again and again, the oldest first. */
export interface Stream {
  transactions: readonly ToldTransaction[]
  frequency: Frequency
  predictedOn: Temporal.PlainDate
  isActive: boolean
  status: 'MATURE' | 'EARLY_DETECTION' | 'TOMBSTONED'
}

/** How many days lie between two of a kind. Holidays and short months move them a little. */
const GAPS: readonly (readonly [Frequency, number, number, Temporal.DurationLike])[] = [
  ['WEEKLY', 6, 8, { weeks: 1 }],
  ['BIWEEKLY', 12, 16, { weeks: 2 }],
  ['MONTHLY', 26, 35, { months: 1 }],
  ['ANNUALLY', 355, 375, { years: 1 }],
]
/** How late the next one may be before a stream counts as over. */
const GRACE_DAYS = 7

/** Finds what recurs among posted transactions: the same text on the same account at an even distance. */
export function findStreams(transactions: readonly ToldTransaction[], today: Temporal.PlainDate): Stream[] {
  const groups = Map.groupBy(
    transactions.filter(({ isPending, method }) => !isPending && method !== 'refund'),
    (one) => `${one.accountId}|${one.merchantId ?? ''}|${one.name}|${one.amountMinor > 0n}`,
  )
  return [...groups.values()].flatMap((group) => streamOf(group, today) ?? [])
}

function streamOf(group: readonly ToldTransaction[], today: Temporal.PlainDate): Stream | undefined {
  const transactions = [...group].sort((a, b) => Temporal.PlainDate.compare(dayOf(a), dayOf(b)))
  const last = transactions.at(-1)
  if (last === undefined || transactions.length < 2) return undefined
  const gaps = transactions.slice(1).map((one, index) => {
    const before = transactions[index] ?? one
    return dayOf(before).until(dayOf(one), { largestUnit: 'days' }).days
  })
  const found = GAPS.find(([, least, most]) => gaps.every((gap) => gap >= least && gap <= most))
  if (found === undefined) return undefined
  const [frequency, , , step] = found
  const predictedOn = dayOf(last).add(step)
  const isActive = Temporal.PlainDate.compare(today, predictedOn.add({ days: GRACE_DAYS })) <= 0
  const isMature = transactions.length >= (frequency === 'ANNUALLY' ? 2 : 3)
  const early = isActive ? 'EARLY_DETECTION' : 'TOMBSTONED'
  return { transactions, frequency, predictedOn, isActive, status: isMature ? 'MATURE' : early }
}

/** A card's purchases post unevenly; the day they were made is even. */
export function dayOf({ authorizedOn, date }: ToldTransaction): Temporal.PlainDate {
  return authorizedOn ?? date
}
