import { setImmediate } from 'node:timers/promises'
import { DomainError } from '@paddock/kernel'
import type { Asset } from '../assets/asset.ts'

export type MarketDataRejection = 'page_token_invalid'

export class MarketDataRejected extends DomainError<MarketDataRejection> {
  override readonly name = 'MarketDataRejected'
}

/** Rows of several assets, as many as `limit` in all, and where the next page begins. */
export interface HistoryPage<Row> {
  readonly rowsByAsset: ReadonlyMap<Asset, readonly Row[]>
  readonly nextPageToken: string | undefined
}

export interface Range {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly direction: 'asc' | 'desc'
}

interface History<Row> {
  readonly range: Range
  rowsOf(asset: Asset, range: Range): Iterable<Row>
  timeOf(row: Row): Temporal.Instant
}

interface PageStart {
  readonly symbol: string
  readonly at: Temporal.Instant
}

/** For how long a page may keep everybody else waiting before it lets them go first. */
const PATIENCE_MS = 5

/** One page of anything that happens to assets, in order of symbol and then of time. */
export async function readHistoryPage<Row>(
  assets: readonly Asset[],
  { range, rowsOf, timeOf }: History<Row>,
  page: { limit: number; token: string | undefined },
): Promise<HistoryPage<Row>> {
  const start = page.token === undefined ? undefined : readPageToken(page.token)
  const ordered = [...assets].sort((a, b) => (a.symbol < b.symbol ? -1 : 1))
  const rowsByAsset = new Map<Asset, Row[]>()
  let count = 0
  let begunMs = performance.now()
  for (const asset of ordered) {
    if (start !== undefined && asset.symbol < start.symbol) continue
    const rest = start?.symbol === asset.symbol ? restOf(range, start.at) : range
    for (const row of rowsOf(asset, rest)) {
      if (count === page.limit) return { rowsByAsset, nextPageToken: pageToken(asset, timeOf(row)) }
      const rows = rowsByAsset.get(asset) ?? []
      rows.push(row)
      rowsByAsset.set(asset, rows)
      count += 1
      if (performance.now() - begunMs > PATIENCE_MS) {
        await setImmediate()
        begunMs = performance.now()
      }
    }
  }
  return { rowsByAsset, nextPageToken: undefined }
}

/** From where the page before ended; a token of another question does not lead out of this one. */
function restOf(range: Range, at: Temporal.Instant): Range {
  if (range.direction === 'asc') {
    return Temporal.Instant.compare(at, range.from) < 0 ? range : { ...range, from: at }
  }
  return Temporal.Instant.compare(at, range.to) > 0 ? range : { ...range, to: at }
}

/** The first row of the next page. */
function pageToken({ symbol }: Asset, at: Temporal.Instant): string {
  return Buffer.from(`${symbol}|${at.epochMilliseconds}`).toString('base64url')
}

function readPageToken(token: string): PageStart {
  const parts = /^([A-Z./]{1,12})\|(\d{1,15})$/.exec(Buffer.from(token, 'base64url').toString('utf8'))
  const [, symbol, epochMs] = parts ?? []
  if (symbol === undefined || epochMs === undefined) throw new MarketDataRejected('page_token_invalid')
  return { symbol, at: Temporal.Instant.fromEpochMilliseconds(Number(epochMs)) }
}
