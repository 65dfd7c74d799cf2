import type { UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { Db, Tx } from '../db/database.ts'
import { type FeeDay, feeDayOf, feesOfDay, sumOfDay } from './fee-day.ts'
import { type Fees, isNothing, NO_FEES } from './fee-rates.ts'
import { readOpenFeeDays, writeFeeDays } from './fee-store.ts'

/** What the accounts of one transaction owe in fees and what it adds to that; written with all the rest. */
export class AccruedFees {
  readonly #days: Map<AccountId, FeeDay[]>
  readonly #today: Temporal.PlainDate
  readonly #changed = new Set<AccountId>()

  /** Under the locks of the accounts. */
  static async read(tx: Tx, accountIds: readonly AccountId[], now: Temporal.Instant): Promise<AccruedFees> {
    return new AccruedFees(await readOpenFeeDays(tx, accountIds), feeDayOf(now))
  }

  private constructor(days: readonly FeeDay[], today: Temporal.PlainDate) {
    this.#days = Map.groupBy(days, ({ accountId }) => accountId)
    this.#today = today
  }

  /** What will be booked: it may neither buy nor leave any more. */
  owedMinor(accountId: AccountId): UsdMinor {
    return sumOf(this.#days.get(accountId) ?? [])
  }

  add(accountId: AccountId, fees: Fees): void {
    if (isNothing(fees)) return
    const days = this.#days.get(accountId) ?? []
    const isToday = ({ day }: FeeDay) => day.equals(this.#today)
    const before = days.find(isToday) ?? { ...NO_FEES, accountId, day: this.#today }
    const after: FeeDay = {
      ...before,
      regPico: before.regPico + fees.regPico,
      tafPico: before.tafPico + fees.tafPico,
      catPico: before.catPico + fees.catPico,
      cryptoPico: before.cryptoPico + fees.cryptoPico,
    }
    this.#days.set(accountId, [...days.filter((day) => !isToday(day)), after])
    this.#changed.add(accountId)
  }

  async write(tx: Tx): Promise<void> {
    const changed = [...this.#changed].flatMap((accountId) => this.#days.get(accountId) ?? [])
    await writeFeeDays(
      tx,
      changed.filter(({ day }) => day.equals(this.#today)),
    )
  }
}

export type FeesOwed = {
  readonly totalMinor: UsdMinor
  /** The part of it that sales owe: to the SEC and to FINRA. */
  readonly regAndTafMinor: UsdMinor
}

/** What an account will pay when its fees are booked. Under the account's lock it stays true until the commit. */
export async function readFeesOwed(db: Db, accountId: AccountId): Promise<FeesOwed> {
  const days = await readOpenFeeDays(db, [accountId])
  const regAndTafMinor = days.reduce((sum, day) => {
    const { REG, TAF } = feesOfDay(day)
    return sum + REG + TAF
  }, 0n)
  return { totalMinor: sumOf(days), regAndTafMinor: regAndTafMinor as UsdMinor }
}

const sumOf = (days: readonly FeeDay[]) => days.reduce((sum, day) => sum + sumOfDay(day), 0n) as UsdMinor
