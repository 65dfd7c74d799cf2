import type { Brand } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { OrderId } from '../orders/order.ts'
import type { PortfolioId } from './portfolio-store.ts'
import type { Weight } from './weights.ts'

export type RunId = Brand<string, 'RunId'>
export type RunType = 'full_rebalance' | 'invest_cash'

/** Sales come first and buys are paid with what they bring; whatever is below them is final. */
export type RunStatus =
  | 'QUEUED'
  | 'SELLS_IN_PROGRESS'
  | 'BUYS_IN_PROGRESS'
  | 'COMPLETED_SUCCESS'
  | 'COMPLETED_ADJUSTED'
  | 'CANCELED'
  | 'CANCELED_MID_RUN'
  | 'ERROR'
  | 'TIMEOUT'

export const unfinishedStatuses = ['QUEUED', 'SELLS_IN_PROGRESS', 'BUYS_IN_PROGRESS'] as const

export const isFinished = ({ status }: Pick<Run, 'status'>) =>
  !unfinishedStatuses.some((unfinished) => unfinished === status)

/** Trades one account towards its weights, once. */
export type Run = {
  readonly id: RunId
  readonly accountId: AccountId
  readonly type: RunType
  /** Missing when somebody asked for the run with weights of its own. */
  readonly portfolioId: PortfolioId | undefined
  readonly weights: readonly Weight[]
  readonly initiatedFrom: 'system' | 'api'
  readonly status: RunStatus
  readonly amountMinor: UsdMinor | undefined
  readonly reason: string | undefined
  readonly tick: number
  readonly endsBy: Temporal.Instant | undefined
  readonly createdAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
  readonly completedAt: Temporal.Instant | undefined
  readonly canceledAt: Temporal.Instant | undefined
}

/** One trade that a run wanted: the order it became, or why it became none. */
export type RunLeg = {
  readonly number: number
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly notionalMinor: UsdMinor
  readonly outcome: { readonly orderId: OrderId } | { readonly skipped: string; readonly details: string }
}
