import type { PortfolioHistoryBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

/** Lists of the same length; the figures are JSON numbers. At the vendor some of them may be null. */
export type PortfolioHistory = Open<PortfolioHistoryBody>
export type PortfolioHistoryRequest = {
  /** Such as `1D`, `2W`, `3M`, `1A`. At most two of `period`, `start` and `end`. */
  period?: string
  start?: string
  end?: string
  timeframe?: '1Min' | '5Min' | '15Min' | '1H' | '1D'
  intraday_reporting?: 'market_hours' | 'extended_hours' | 'continuous'
  pnl_reset?: 'per_day' | 'no_reset'
  /** Types of activity, or `ALL`. */
  cashflow_types?: readonly string[]
}

export function portfolioHistoryCalls({ call }: Transport) {
  return {
    get: (accountId: string, request: PortfolioHistoryRequest = {}, options?: CallOptions) =>
      call<PortfolioHistory>({
        method: 'GET',
        path: `/v1/trading/accounts/${encodeURIComponent(accountId)}/account/portfolio/history`,
        query: request,
        options,
      }),
  }
}
