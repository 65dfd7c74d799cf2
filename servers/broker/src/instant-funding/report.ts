import type { UsdMinor } from '@paddock/money'
import type { Db } from '../db/database.ts'
import { batchDates } from './batch-dates.ts'
import type { InstantFunding, InstantFundingStatus } from './instant-funding.ts'
import { findLastSystemDate, listInstantFundings } from './instant-funding-store.ts'

/** What became of one day's batch. */
export type BatchReport = {
  readonly systemDate: Temporal.PlainDate
  readonly fundings: readonly InstantFunding[]
  readonly totalMinor: UsdMinor
  readonly settledMinor: UsdMinor
  readonly canceledMinor: UsdMinor
  readonly outstandingMinor: UsdMinor
  readonly interestMinor: UsdMinor
}

/** Without a day: of the latest batch that has anything in it, or else of the one that is open. */
export async function reportBatch(
  db: Db,
  now: Temporal.Instant,
  day: Temporal.PlainDate | undefined,
): Promise<BatchReport> {
  const systemDate = day ?? (await findLastSystemDate(db)) ?? batchDates(now).systemDate
  const fundings = await listInstantFundings(db, { order: 'asc', systemDate })
  const sum = (...statuses: InstantFundingStatus[]) =>
    fundings
      .filter(({ status }) => statuses.includes(status))
      .reduce((total, { amountMinor }) => total + amountMinor, 0n) as UsdMinor
  return {
    systemDate,
    fundings,
    totalMinor: sum('PENDING', 'EXECUTED', 'COMPLETED', 'CANCELED', 'FAILED'),
    settledMinor: sum('COMPLETED'),
    canceledMinor: sum('CANCELED', 'FAILED'),
    outstandingMinor: sum('PENDING', 'EXECUTED'),
    interestMinor: fundings
      .flatMap(({ interests }) => interests)
      .reduce((total, { amountMinor }) => total + amountMinor, 0n) as UsdMinor,
  }
}
