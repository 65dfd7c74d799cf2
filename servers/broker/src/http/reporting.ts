import {
  type AggregatePositionBody,
  CashInterestBody,
  CashInterestQuery,
  EodAggregateBody,
  EodAggregateQuery,
  EodPositionsBody,
  EodPositionsQuery,
  type PositionBody,
} from '@paddock/broker-wire'
import { formatPrice, formatQuantity, marketValue, trimmedUsd } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import { type Asset, findAsset, symbolWithoutSlash } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { refreshMarket } from '../corporate-actions/corporate-action-store.ts'
import { type Market, previousClosePrice, quoteOf } from '../market/market.ts'
import { presentHeld } from '../positions/present-position.ts'
import { pageOf, readPageToken } from '../reporting/page-token.ts'
import { type ReportDay, reportDay } from '../reporting/report-day.ts'
import {
  type AssetTotal,
  type HoldingThen,
  listHoldersThen,
  readCashThen,
  readHoldingsThen,
  readTotalsThen,
} from '../reporting/report-store.ts'
import { readDay } from './moment.ts'
import type { BrokerRoutes } from './routes.ts'
import { WireRefused } from './wire-error.ts'

const tags = ['Reporting']

/** Reports of the end of the last trading day (contracts/alpaca/reporting.md). */
export const reportingRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/v1/reporting/eod/positions',
    {
      schema: {
        summary: 'Report positions at the end of the day',
        tags,
        querystring: EodPositionsQuery,
        response: { 200: EodPositionsBody },
      },
    },
    async ({ query }) => {
      const day = dayOf(ctx, query.asof)
      if (query.account_id !== undefined) await requireAccount(ctx.db, query.account_id as AccountId)
      const filter = { end: day.end, accountId: query.account_id, asset: assetOf(query.asset) }
      const after = readPageToken(query.page_token)
      const holders = await listHoldersThen(ctx.db, { ...filter, after, limit: query.limit + 1 })
      const { page, nextPageToken } = pageOf(holders, query.limit, (id) => id)
      await refreshMarket(ctx.db, ctx.config)
      const held = Map.groupBy(await readHoldingsThen(ctx.db, page, filter), ({ accountId }) => accountId)
      const positions = [...held].map(([id, holdings]) => [
        id,
        holdings.map((holding) => presentHolding(ctx.config, holding, day)),
      ])
      return {
        asof: day.date.toString(),
        positions: Object.fromEntries(positions),
        next_page_token: nextPageToken,
      }
    },
  )

  app.get(
    '/v1/reporting/eod/aggregate_positions',
    {
      schema: {
        summary: 'Report what all accounts hold together at the end of the day',
        tags,
        querystring: EodAggregateQuery,
        response: { 200: EodAggregateBody },
      },
    },
    async ({ query }) => {
      const day = dayOf(ctx, query.asof)
      const after = readPageToken(query.page_token)
      const filter = { end: day.end, asset: assetOf(query.asset), after, limit: query.limit + 1 }
      const { page, nextPageToken } = pageOf(
        await readTotalsThen(ctx.db, filter),
        query.limit,
        ({ asset }) => asset.symbol,
      )
      await refreshMarket(ctx.db, ctx.config)
      return {
        asof: day.date.toString(),
        positions: page.map((total) => presentTotal(ctx.config, total, day)),
        next_page_token: nextPageToken,
      }
    },
  )

  app.get(
    '/v1/reporting/eod/cash_interest',
    {
      schema: {
        summary: 'Report cash and its interest at the end of the day',
        tags,
        querystring: CashInterestQuery,
        response: { 200: CashInterestBody },
      },
    },
    async ({ query }) => {
      const day = dayOf(ctx, query.asof)
      if (query.account_id !== undefined) await requireAccount(ctx.db, query.account_id as AccountId)
      const after = readPageToken(query.page_token)
      const filter = { end: day.end, accountId: query.account_id, after, limit: query.limit + 1 }
      const rows = await readCashThen(ctx.db, filter)
      const { page, nextPageToken } = pageOf(rows, query.limit, ({ accountId }) => accountId)
      return {
        asof: day.date.toString(),
        cash_interest: page.map(({ accountId, accountNumber, currency, cashMinor }) => ({
          account_id: accountId,
          account_number: accountNumber,
          currency,
          cash: trimmedUsd(cashMinor),
          apr: '0',
          accrued_interest: '0',
        })),
        next_page_token: nextPageToken,
      }
    },
  )
}

function dayOf({ clock }: BrokerContext, asof: string | undefined): ReportDay {
  return reportDay(clock.now(), asof === undefined ? undefined : readDay(asof))
}

function assetOf(symbolOrId: string | undefined): Asset | undefined {
  if (symbolOrId === undefined) return undefined
  const asset = findAsset(symbolOrId)
  if (asset === undefined) throw new WireRefused(404, 40410000, `asset not found for ${symbolOrId}`)
  return asset
}

/** A position at the closing price. What it gained within the day is not part of the report. */
function presentHolding(market: Market, holding: HoldingThen, { lastMoment }: ReportDay): PositionBody {
  const currentPriceMicro = quoteOf(market, holding.asset, lastMoment).lastMicro
  return presentHeld({
    ...holding,
    marketValueMinor: marketValue(holding.quantityNano, currentPriceMicro),
    currentPriceMicro,
    lastClosePriceMicro: previousClosePrice(market, holding.asset, lastMoment),
  })
}

function presentTotal(
  market: Market,
  { asset, holders, quantityNano, costBasisMinor }: AssetTotal,
  { lastMoment }: ReportDay,
): AggregatePositionBody {
  const closeMicro = quoteOf(market, asset, lastMoment).lastMicro
  return {
    asset_id: asset.id,
    symbol: symbolWithoutSlash(asset.symbol),
    exchange: asset.exchange,
    asset_class: asset.assetClass,
    num_accounts: holders,
    long_qty: formatQuantity(quantityNano),
    long_market_value: trimmedUsd(marketValue(quantityNano, closeMicro)),
    short_qty: '0',
    short_market_value: '0',
    cost_basis: trimmedUsd(costBasisMinor),
    closing_price: formatPrice(closeMicro),
  }
}
