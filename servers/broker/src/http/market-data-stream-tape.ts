import type { Asset } from '../assets/asset.ts'
import type { Channel } from '../market-data/channels.ts'
import type { Feed } from '../market-data/feeds.ts'
import { orderBookOf } from '../market-data/order-book.ts'
import type { Subscription } from '../market-data/subscription.ts'
import type { TapeLook } from '../market-data/tape.ts'
import { presentBar, presentHalt, presentOrderBook, presentQuote, presentTrade } from './market-data-body.ts'
import type { StreamCodec, StreamMessage } from './market-data-stream-codec.ts'

/** The channels on which anything is ever said, in the order in which it is. */
const spoken: readonly Channel[] = ['statuses', 'trades', 'quotes', 'orderbooks', 'bars', 'dailyBars']

/** What one look at the market has to say, made when the first reader wants it and written once for all of them. */
export class WrittenTape {
  readonly #feed: Feed
  readonly #look: TapeLook
  readonly #written = new Map<string, Buffer | undefined>()

  constructor(feed: Feed, look: TapeLook) {
    this.#feed = feed
    this.#look = look
  }

  messagesFor(subscription: Subscription, codec: StreamCodec): Buffer[] {
    const { symbols } = this.#feed
    return spoken
      .flatMap((channel) =>
        subscription.heardOf(channel, symbols).map((symbol) => this.#write(channel, symbol, codec)),
      )
      .filter((message) => message !== undefined)
  }

  #write(channel: Channel, symbol: string, codec: StreamCodec): Buffer | undefined {
    const key = `${codec.name} ${channel} ${symbol}`
    if (this.#written.has(key)) return this.#written.get(key)
    const asset = this.#feed.assets.get(symbol)
    const message = asset && this.#present(channel, asset)
    const written = message && codec.write(message)
    this.#written.set(key, written)
    return written
  }

  #present(channel: Channel, asset: Asset): StreamMessage | undefined {
    const { market } = this.#feed
    const look = this.#look
    const S = asset.symbol
    if (channel === 'bars' || channel === 'dailyBars') {
      const bar = channel === 'bars' ? look.minuteBar(market, asset) : look.dailyBar(market, asset)
      return bar && { T: channel === 'bars' ? 'b' : 'd', S, ...presentBar(bar) }
    }
    if (channel === 'statuses') {
      const change = look.haltChange(asset)
      return change && { T: 's', S, ...presentHalt(asset, change) }
    }
    const quote = look.quote(market, asset)
    if (quote === undefined) return undefined
    if (channel === 'trades') return { T: 't', S, ...presentTrade(market, asset, quote) }
    if (channel === 'quotes') return { T: 'q', S, ...presentQuote(market, asset, quote) }
    // Always the whole book, which the vendor marks as a reset.
    return { T: 'o', S, ...presentOrderBook(orderBookOf(market, asset, look.now)), r: true }
  }
}
