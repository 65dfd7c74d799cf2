import { DomainError } from '@paddock/kernel'
import type { Asset } from '../assets/asset.ts'
import { type Bar, type BarsQuery, barsBetween } from './bars.ts'
import type { Market } from './market.ts'

export type MarketRejection = 'page_token_invalid'

export class MarketRejected extends DomainError<MarketRejection> {
  override readonly name = 'MarketRejected'
}

/** Bars of several assets, as many as `limit` in all, and where the next page begins. */
export interface BarsPage {
  readonly barsByAsset: ReadonlyMap<Asset, readonly Bar[]>
  readonly nextPageToken: string | undefined
}

interface PageStart {
  readonly symbol: string
  readonly label: Temporal.Instant
}

/** One page of bars, in order of symbol and then of time. */
export function readBarsPage(
  market: Market,
  assets: readonly Asset[],
  query: BarsQuery,
  page: { limit: number; token: string | undefined },
  now: Temporal.Instant,
): BarsPage {
  const start = page.token === undefined ? undefined : readPageToken(page.token)
  const ordered = [...assets].sort((a, b) => (a.symbol < b.symbol ? -1 : 1))
  const barsByAsset = new Map<Asset, Bar[]>()
  let count = 0
  for (const asset of ordered) {
    if (start !== undefined && asset.symbol < start.symbol) continue
    const from = start?.symbol === asset.symbol ? startAt(query, start.label) : query
    for (const bar of barsBetween(market, asset, from, now)) {
      if (count === page.limit) return { barsByAsset, nextPageToken: pageToken(asset, bar) }
      const bars = barsByAsset.get(asset) ?? []
      bars.push(bar)
      barsByAsset.set(asset, bars)
      count += 1
    }
  }
  return { barsByAsset, nextPageToken: undefined }
}

function startAt(query: BarsQuery, label: Temporal.Instant): BarsQuery {
  return query.direction === 'asc' ? { ...query, from: label } : { ...query, to: label }
}

/** The first bar of the next page. */
function pageToken(asset: Asset, bar: Bar): string {
  return Buffer.from(`${asset.symbol}|${bar.label.epochMilliseconds}`).toString('base64url')
}

function readPageToken(token: string): PageStart {
  const parts = /^([A-Z./]{1,12})\|(\d{1,15})$/.exec(Buffer.from(token, 'base64url').toString('utf8'))
  const [, symbol, epochMs] = parts ?? []
  if (symbol === undefined || epochMs === undefined) throw new MarketRejected('page_token_invalid')
  return { symbol, label: Temporal.Instant.fromEpochMilliseconds(Number(epochMs)) }
}
