import { addBankingDays, isBankingDay, newYorkDate, newYorkInstant } from '@paddock/calendar'
import { findMerchant } from '../merchants/catalog.ts'
import { occurrencesIn } from './occurrences.ts'
import { type Random, randomFrom } from './random.ts'
import type { LifeScript, Planned, Role, Routine } from './routine.ts'

/** When banks have booked what came in over night. */
const BOOKED = Temporal.PlainTime.from('06:00')
/** A pump does not know what will be filled. */
const FUEL_HOLD_MINOR = -100_00n

export type Balances = Partial<Record<Role, bigint>>

export interface LifeFrame {
  seed: string
  openedAt: Temporal.Instant
}

/** From which month on to plan, and what a person has when it begins. */
export interface PlanStart {
  month: Temporal.PlainYearMonth
  balances: Balances
}

export interface Plan {
  planned: Planned[]
  /** A plan for later needs to begin no sooner. */
  restart: PlanStart
  /** Nothing of what this plan leaves out happens before. */
  completeUntil: Temporal.Instant
}

/** What is paid on a day of a month may come some days before it; refunds and holds end well within the next month. */
const AHEAD = { days: 7 }
const MONTHS_THAT_REACH = 1

/**
 * What happens to a person from the beginning of the months told, or from `start` on, up to `until` and some
 * days beyond. The same frame gives the same life, wherever its plan begins; a later `until` only adds to it.
 */
export function planLife(
  script: LifeScript,
  { seed, openedAt }: LifeFrame,
  until: Temporal.Instant,
  start?: PlanStart,
): Plan {
  const told = newYorkDate(openedAt).subtract({ months: script.months }).toPlainYearMonth()
  const today = newYorkDate(until)
  const last = today.add(AHEAD).toPlainYearMonth()
  const reaching = today.toPlainYearMonth().subtract({ months: MONTHS_THAT_REACH })
  let restart = start ?? { month: told, balances: script.startMinor }
  let { month } = restart
  const balances: Balances = { ...restart.balances }
  const planned: Planned[] = []
  while (Temporal.PlainYearMonth.compare(month, last) <= 0) {
    if (Temporal.PlainYearMonth.compare(month, reaching) <= 0) restart = { month, balances: { ...balances } }
    const owedMinor = -(balances.card ?? 0n)
    const index = told.until(month, { largestUnit: 'months' }).months
    const frame = { seed, month, index }
    const routine = script.routines.flatMap((one) => planRoutine(script, one, frame))
    count(script, balances, routine)
    const closing = closeMonth(script, balances, month, owedMinor)
    count(script, balances, closing)
    planned.push(...routine, ...closing)
    month = month.add({ months: 1 })
  }
  return { planned, restart, completeUntil: bookedOn(month.toPlainDate({ day: 1 }).subtract(AHEAD)) }
}

function count(script: LifeScript, balances: Balances, planned: readonly Planned[]): void {
  for (const role of Object.keys(script.positions) as Role[]) {
    const own = planned.filter(({ position, isDropped }) => position === script.positions[role] && !isDropped)
    balances[role] = own.reduce((sum, { amountMinor }) => sum + amountMinor, balances[role] ?? 0n)
  }
}

interface MonthFrame {
  seed: string
  month: Temporal.PlainYearMonth
  index: number
}

function planRoutine(script: LifeScript, routine: Routine, { seed, month, index }: MonthFrame): Planned[] {
  const position = script.positions[routine.role]
  if (position === undefined) return []
  const random = randomFrom(`${seed}|${routine.id}|${month}`)
  return occurrencesIn(routine.rhythm, month, random).flatMap((on, number) => {
    const one = planOne(routine, { random, on, position, index, id: `${routine.id}.${month}.${number}` })
    const isRefunded = routine.refundedOneIn !== undefined && random.below(routine.refundedOneIn) === 0
    return isRefunded && !one.isDropped ? [one, refundOf(one, random)] : [one]
  })
}

interface Occurrence {
  random: Random
  id: string
  on: Temporal.PlainDate
  position: number
  index: number
}

function planOne(routine: Routine, { random, id, on, position, index }: Occurrence): Planned {
  const { rise, method } = routine
  const drawn = random.between(routine.fromMinor, routine.toMinor)
  const amountMinor = rise !== undefined && index >= rise.afterMonths ? -rise.minor : drawn
  const common = {
    id,
    position,
    merchantId: routine.merchantId,
    name: routine.text ?? printed(routine.merchantId),
    category: routine.category,
    confidence: routine.merchantId === null ? 'HIGH' : 'VERY_HIGH',
    method,
    amountMinor,
    isDropped: false,
    learnedAt: null,
  }
  if (method !== 'in_store' && method !== 'online') {
    const postedAt = bookedOn(amountMinor > 0n ? bankingDayUpTo(on) : bankingDayFrom(on))
    const authorizedOn = newYorkDate(postedAt)
    return { ...common, heldMinor: null, authorizedOn, shownAt: postedAt, postedAt }
  }
  const time = Temporal.PlainTime.from({ hour: 8 + random.below(13), minute: random.below(60) })
  const postedAt = bookedOn(addBankingDays(on, 1 + random.below(3)))
  const isSubscribed = routine.rhythm.kind === 'monthly'
  return {
    ...common,
    heldMinor: heldFor(routine, amountMinor),
    authorizedOn: on,
    shownAt: newYorkInstant(on, time),
    postedAt,
    isDropped: !isSubscribed && random.below(60) === 0,
    learnedAt: !isSubscribed && random.below(20) === 0 ? postedAt.add({ hours: 24 }) : null,
  }
}

/** Tips and fuel are known only when the merchant sends the bill. */
function heldFor({ category }: Routine, amountMinor: bigint): bigint {
  if (category === 'TRANSPORTATION_GAS') return FUEL_HOLD_MINOR
  return category === 'FOOD_AND_DRINK_RESTAURANT' ? (amountMinor * 100n) / 118n : amountMinor
}

function refundOf(bought: Planned, random: Random): Planned {
  const postedAt = bookedOn(addBankingDays(newYorkDate(bought.postedAt), 3 + random.below(6)))
  return {
    ...bought,
    id: `${bought.id}.refund`,
    name: `${bought.name} REFUND`,
    method: 'refund',
    amountMinor: -bought.amountMinor,
    heldMinor: null,
    authorizedOn: newYorkDate(postedAt),
    shownAt: postedAt,
    postedAt,
    learnedAt: null,
  }
}

/** What follows from the balances: the card is paid, interest comes, the rest is put aside or fetched back. */
function closeMonth(
  script: LifeScript,
  balances: Balances,
  month: Temporal.PlainYearMonth,
  owedMinor: bigint,
): Planned[] {
  const { positions, keepMinor } = script
  const entry = (
    role: Role,
    kind: string,
    day: number,
    name: string,
    category: string,
    method: Planned['method'],
    amountMinor: bigint,
  ): Planned[] => {
    const position = positions[role]
    if (position === undefined || amountMinor === 0n) return []
    const postedAt = bookedOn(bankingDayFrom(month.toPlainDate({ day })))
    const authorizedOn = newYorkDate(postedAt)
    const times = { authorizedOn, shownAt: postedAt, postedAt }
    const rest = { merchantId: null, confidence: 'HIGH', heldMinor: null, isDropped: false, learnedAt: null }
    return [
      { id: `${kind}.${role}.${month}`, position, name, category, method, amountMinor, ...times, ...rest },
    ]
  }
  const payment = positions.card === undefined || owedMinor <= 0n ? 0n : owedMinor
  const left = (balances.checking ?? 0n) - payment
  const saved = balances.savings ?? 0n
  const swept = positions.savings === undefined ? 0n : max(left - keepMinor, -saved)
  const interest = (saved * script.savingsBasisPoints) / 120_000n
  const spent = positions.savings === undefined ? max(left - keepMinor, 0n) : 0n
  const fee = left - spent < 0n ? script.overdraftFeeMinor : 0n
  const [out, into] = ['TRANSFER_OUT_ACCOUNT_TRANSFER', 'TRANSFER_IN_ACCOUNT_TRANSFER']
  const [toSavings, toChecking] = swept > 0n ? [into, out] : [out, into]
  const paid = 'LOAN_PAYMENTS_CREDIT_CARD_PAYMENT'
  const away = 'TRANSFER_OUT_TRANSFER_OUT_FROM_APPS'
  return [
    ...entry('checking', 'payment', 22, 'CREDIT CARD AUTOPAY', paid, 'ach', -payment),
    ...entry('card', 'payment', 22, 'PAYMENT THANK YOU', paid, 'transfer', payment),
    ...entry('checking', 'spent', 26, 'POCKETPASS TO A FRIEND', away, 'transfer', -spent),
    ...entry(
      'checking',
      'sweep',
      27,
      swept > 0n ? 'TRANSFER TO SAVINGS' : 'TRANSFER FROM SAVINGS',
      toChecking,
      'transfer',
      -swept,
    ),
    ...entry(
      'savings',
      'sweep',
      27,
      swept > 0n ? 'TRANSFER FROM CHECKING' : 'TRANSFER TO CHECKING',
      toSavings,
      'transfer',
      swept,
    ),
    ...entry('savings', 'interest', 28, 'INTEREST PAYMENT', 'INCOME_INTEREST_EARNED', 'interest', interest),
    ...entry('checking', 'overdraft', 28, 'OVERDRAFT FEE', 'BANK_FEES_OVERDRAFT_FEES', 'fee', -fee),
  ]
}

function printed(merchantId: string | null): string {
  const merchant = merchantId === null ? undefined : findMerchant(merchantId)
  if (merchant === undefined) return 'PURCHASE'
  const { name, place } = merchant
  const words = place === null ? name : `${name} ${place.storeNumber.padStart(4, '0')} ${place.city}`
  return words.toUpperCase()
}

const max = (a: bigint, b: bigint) => (a > b ? a : b)
export const bookedOn = (date: Temporal.PlainDate) => newYorkInstant(date, BOOKED)

function bankingDayFrom(date: Temporal.PlainDate): Temporal.PlainDate {
  return isBankingDay(date) ? date : addBankingDays(date, 1)
}

function bankingDayUpTo(date: Temporal.PlainDate): Temporal.PlainDate {
  return isBankingDay(date) ? date : addBankingDays(date, -1)
}
