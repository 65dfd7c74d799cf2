import type { BarRange, Bars } from '@paddock/platform-wire'
import type { Bar } from '../broker/client.ts'
import { readWorldTime } from '../broker/world-time.ts'
import type { PlatformContext } from '../context.ts'
import { plainNumber, showPriceNumber } from '../decimal.ts'
import { getAsset } from './search-assets.ts'

/** How far back a range goes, and how fine: about as many bars as a chart has room for. */
const ranges: Record<BarRange, { hours: number; timeframe: string }> = {
  '1D': { hours: 24, timeframe: '5Min' },
  '1W': { hours: 7 * 24, timeframe: '1Hour' },
  '1M': { hours: 31 * 24, timeframe: '1Day' },
  '3M': { hours: 92 * 24, timeframe: '1Day' },
  '1Y': { hours: 366 * 24, timeframe: '1Day' },
}

const MOST = 1_000

export async function readBars(ctx: PlatformContext, symbol: string, range: BarRange): Promise<Bars> {
  const asset = await getAsset(ctx, symbol)
  const now = await readWorldTime(ctx)
  const { hours, timeframe } = ranges[range]
  const prices = asset.class === 'crypto' ? ctx.broker.marketData.crypto : ctx.broker.marketData.stocks
  const { bars } = await prices.bars({
    symbols: [asset.symbol],
    timeframe,
    start: now.subtract({ hours }).toString(),
    end: now.toString(),
    limit: MOST,
  })
  return { symbol: asset.symbol, range, bars: (bars?.[asset.symbol] ?? []).map(presentBar) }
}

function presentBar({ t, o, h, l, c, v }: Bar): Bars['bars'][number] {
  return {
    at: t,
    open: showPriceNumber(o),
    high: showPriceNumber(h),
    low: showPriceNumber(l),
    close: showPriceNumber(c),
    volume: plainNumber(v),
  }
}
