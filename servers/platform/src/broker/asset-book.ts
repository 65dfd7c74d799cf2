import type { Asset, BrokerClient } from '@paddock/broker-sdk'

const FRESH_MS = 60_000

/** All assets that can be traded, fetched once a minute at most. */
export class AssetBook {
  readonly #broker: BrokerClient
  #fetched: { at: number; assets: Promise<Map<string, Asset>> } | undefined

  constructor(broker: BrokerClient) {
    this.#broker = broker
  }

  /** By symbol, pairs with their slash. */
  all(): Promise<Map<string, Asset>> {
    const now = performance.now()
    if (this.#fetched === undefined || now - this.#fetched.at > FRESH_MS) {
      const assets = this.#fetch()
      this.#fetched = { at: now, assets }
      // A failure is not remembered: the next caller asks again.
      assets.catch(() => {
        this.#fetched = undefined
      })
    }
    return this.#fetched.assets
  }

  /** Takes `BTC/USD`, `BTC-USD` (our paths) and `BTCUSD` (the vendor's positions). */
  async find(symbol: string): Promise<Asset | undefined> {
    const assets = await this.all()
    const wanted = symbol.toUpperCase()
    return (
      assets.get(wanted) ??
      assets.get(wanted.replace('-', '/')) ??
      assets.get(wanted.replace(/^(.+)USD$/, '$1/USD'))
    )
  }

  async #fetch(): Promise<Map<string, Asset>> {
    const lists = await Promise.all([
      this.#broker.assets.list({ status: 'active', asset_class: 'us_equity' }),
      this.#broker.assets.list({ status: 'active', asset_class: 'crypto' }),
    ])
    return new Map(lists.flat().map((asset) => [asset.symbol, asset]))
  }
}
