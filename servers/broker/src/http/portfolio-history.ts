import {
  AccountPath,
  ActivityTypeName,
  PortfolioHistoryBody,
  PortfolioHistoryQuery,
} from '@paddock/broker-wire'
import { newYorkInstant } from '@paddock/calendar'
import { formatQuantity, trimmedUsd } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { AskedSpan, HistoryRejection, Period } from '../history/history-span.ts'
import type { Reporting } from '../history/history-window.ts'
import { type HistoryPoint, type HistoryQuery, readPortfolioHistory } from '../history/portfolio-history.ts'
import { readDay, readMoment } from './moment.ts'
import type { BrokerRoutes } from './routes.ts'
import { type WireError, WireRefused } from './wire-error.ts'

const NANO = 1_000_000_000n
const MIDNIGHT = new Temporal.PlainTime()

const refusal = (message: string): WireError => ({ status: 422, code: 40010001, message })

export const historyErrors: Record<HistoryRejection, WireError> = {
  history_start_after_end: refusal('start must be before end'),
  history_too_early: refusal('start must not be before 1970'),
  history_too_fine: refusal('timeframe: only 1D is possible for more than 30 days'),
  history_too_long: refusal('period: too many points, choose a shorter period or a longer timeframe'),
  history_too_much_asked: refusal('at most two of start, end and period can be used together'),
}

/** Equity over time and what was gained (contracts/alpaca/portfolio-history.md). */
export const portfolioHistoryRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/v1/trading/accounts/:account_id/account/portfolio/history',
    {
      schema: {
        summary: "Read an account's portfolio history",
        tags: ['Portfolio'],
        params: AccountPath,
        querystring: PortfolioHistoryQuery,
        response: { 200: PortfolioHistoryBody },
      },
    },
    async ({ params, query }) => {
      const accountId = params.account_id as AccountId
      await requireAccount(ctx.db, accountId)
      const history = await readPortfolioHistory(ctx, accountId, readHistoryQuery(query))
      const { points, cashflow } = history
      const isListed = query.cashflow_types !== undefined && !query.cashflow_types.includes('NONE')
      return {
        timestamp: points.map(({ label }) => label.epochMilliseconds / 1000),
        equity: points.map(({ equityMinor }) => dollars(equityMinor)),
        profit_loss: points.map(({ profitLossMinor }) => dollars(profitLossMinor)),
        profit_loss_pct: points.map(shareOf),
        base_value: dollars(history.baseMinor),
        base_value_asof: history.baseAsOf.toString(),
        timeframe: history.timeframe,
        ...(isListed && {
          cashflow: Object.fromEntries([...cashflow].map(([type, flows]) => [type, flows.map(dollars)])),
        }),
      }
    },
  )
}

/** The vendor writes these figures as JSON numbers; nothing is computed with them. */
const dollars = (minor: bigint) => Number(trimmedUsd(minor))

function shareOf({ profitLossMinor, stakeMinor }: HistoryPoint): number {
  return stakeMinor <= 0n ? 0 : Number(formatQuantity((profitLossMinor * NANO) / stakeMinor))
}

function readHistoryQuery(query: PortfolioHistoryQuery): HistoryQuery {
  return {
    ...readSpan(query),
    timeframe: query.timeframe,
    reporting: readReporting(query),
    resetsDaily: query.pnl_reset === 'per_day',
    cashflowTypes: readCashflowTypes(query.cashflow_types ?? []),
  }
}

function readSpan({ start, end, date_end, period }: PortfolioHistoryQuery): AskedSpan {
  return {
    start: start === undefined ? undefined : readMoment(start),
    end: end === undefined ? (date_end === undefined ? undefined : endOf(readDay(date_end))) : readEnd(end),
    period: period === undefined ? undefined : readPeriod(period),
  }
}

/** A day that is an end belongs to what is asked for. */
function readEnd(text: string): Temporal.Instant {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? endOf(readDay(text)) : readMoment(text)
}

function endOf(day: Temporal.PlainDate): Temporal.Instant {
  return newYorkInstant(day.add({ days: 1 }), MIDNIGHT).subtract({ milliseconds: 1 })
}

function readPeriod(text: string): Period {
  return { count: Number(text.slice(0, -1)), unit: text.slice(-1) as Period['unit'] }
}

function readReporting({ intraday_reporting, extended_hours }: PortfolioHistoryQuery): Reporting {
  return intraday_reporting ?? (extended_hours === true ? 'extended_hours' : 'market_hours')
}

function readCashflowTypes(words: readonly string[]): HistoryQuery['cashflowTypes'] {
  if (words.includes('ALL')) return 'all'
  return words
    .filter((word) => word !== 'NONE')
    .map((word) => {
      const type = ActivityTypeName.safeParse(word)
      if (type.success) return type.data
      throw new WireRefused(422, 40010001, `cashflow_types: ${word.slice(0, 40)} is not a type of activity`)
    })
}
