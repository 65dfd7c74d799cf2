/** What the engine should do, in whole shares and cents, without ledger, database or time of day. */

export type ModelOrder = {
  id: string
  readonly owner: ModelAccount
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly type: string
  readonly timeInForce: string
  readonly orderClass: string
  parent: ModelOrder | undefined
  readonly isExit: boolean
  readonly expiresAt: string | null
  readonly limit: number | undefined
  readonly stop: number | undefined
  readonly trail: number | undefined
  best: number | undefined
  isTriggered: boolean
  quantity: number
  filled: number
  status: string
  readonly commission: number
  charged: number
  held: number
  /** Millionths of a dollar. */
  holdPrice: number
}

export type ModelAccount = { readonly id: string; cash: number; readonly shares: Map<string, number> }

export type Market = { last: number; bid: number; ask: number; isHalted: boolean; fillsByItself: boolean }

const ENDED = ['filled', 'canceled', 'expired', 'rejected', 'replaced']

export const isOpen = ({ status }: ModelOrder) => !ENDED.includes(status)
export const isAtWork = ({ status }: ModelOrder) => status === 'new' || status === 'partially_filled'
export const left = ({ quantity, filled }: ModelOrder) => quantity - filled

const collared = (micro: number) => micro + Math.ceil((micro * (micro < 50_000_000 ? 40 : 25)) / 1_000)

export class OrderModel {
  readonly orders: ModelOrder[] = []
  readonly markets = new Map<string, Market>()

  market(symbol: string): Market {
    const market = this.markets.get(symbol)
    if (market === undefined) throw new Error(`no market for ${symbol}`)
    return market
  }

  freeCash(owner: ModelAccount): number {
    const held = this.#open(owner).filter(({ side }) => side === 'buy')
    return owner.cash - held.reduce((sum, order) => sum + order.held, 0)
  }

  freeShares(owner: ModelAccount, symbol: string): number {
    const sales = this.#open(owner).filter((order) => order.side === 'sell' && order.symbol === symbol)
    return (owner.shares.get(symbol) ?? 0) - sales.reduce((sum, order) => sum + order.held, 0)
  }

  /** What a share may cost at most: the limit, or the stop or the ask and its collar. */
  holdPrice({ limit, stop, trail, best, symbol }: ModelOrder): number {
    if (limit !== undefined) return limit * 10_000
    const trailed = trail === undefined || best === undefined ? undefined : best + trail
    return collared((trailed ?? stop ?? this.market(symbol).ask) * 10_000)
  }

  /** Cents, or shares, that what is left of an order needs. */
  needs(order: ModelOrder): number {
    if (order.side === 'sell') return left(order)
    return Math.ceil((left(order) * order.holdPrice) / 10_000) + order.commission - order.charged
  }

  available = ({ owner, side, symbol }: ModelOrder): number =>
    side === 'buy' ? this.freeCash(owner) : this.freeShares(owner, symbol)

  /** An accepted order with its exits. */
  accept(order: ModelOrder, exits: readonly ModelOrder[]): void {
    order.best = order.trail === undefined ? undefined : this.market(order.symbol).last
    order.holdPrice = this.holdPrice(order)
    order.held = this.needs(order)
    this.orders.push(order, ...exits)
  }

  end(order: ModelOrder, status: string): void {
    order.status = status
    order.held = 0
    for (const relative of this.#family(order)) if (isOpen(relative)) this.end(relative, 'canceled')
  }

  /** Puts `fresh` in the place of an order; both are for what the caller has worked out. */
  replace(old: ModelOrder, fresh: ModelOrder, byQuantity: number): void {
    const family = this.#family(old)
    this.takeHold(old)
    old.status = 'replaced'
    old.held = 0
    fresh.holdPrice = this.holdPrice(fresh)
    fresh.held = fresh.status === 'held' ? 0 : this.needs(fresh)
    for (const relative of family) {
      if (relative.parent === old) relative.parent = fresh
      relative.quantity += byQuantity
    }
    this.orders.push(fresh)
  }

  /** Executes a part of an order; false, and nothing done, when nobody can pay it. */
  execute(order: ModelOrder, quantity: number, price: number): boolean {
    this.takeHold(order)
    const isComplete = quantity === left(order)
    const amount = quantity * price
    const due = isComplete
      ? order.commission
      : Math.floor((order.commission * (order.filled + quantity)) / order.quantity)
    const commission = order.side === 'sell' ? Math.min(due - order.charged, amount) : due - order.charged
    if (order.side === 'buy' && amount + commission > this.freeCash(order.owner) + order.held) return false
    const { owner, symbol } = order
    const sign = order.side === 'buy' ? 1 : -1
    owner.cash -= sign * amount + commission
    owner.shares.set(symbol, (owner.shares.get(symbol) ?? 0) + sign * quantity)
    order.held = 0
    order.filled += quantity
    order.charged += commission
    order.status = isComplete ? 'filled' : 'partially_filled'
    if (!isComplete) order.held = Math.min(this.needs(order), this.available(order))
    this.#follow(order, quantity)
    return true
  }

  /** Lets the market have its turn until nothing more happens. */
  settle(): void {
    for (let isMoving = true; isMoving; ) {
      isMoving = false
      for (const order of this.orders) if (isAtWork(order) && this.#turn(order)) isMoving = true
    }
  }

  expire(now: string): void {
    for (const order of this.orders) {
      if (isOpen(order) && order.status !== 'held' && order.expiresAt !== null && order.expiresAt <= now)
        this.end(order, 'expired')
    }
  }

  takeHold(order: ModelOrder): void {
    const twin = this.#twin(order)
    if (order.held > 0 || twin === undefined || twin.held === 0) return
    twin.held = 0
    order.held = this.needs(order)
  }

  #turn(order: ModelOrder): boolean {
    const market = this.market(order.symbol)
    if (market.isHalted || !market.fillsByItself) return false
    const { limit, side, timeInForce } = order
    this.#trigger(order, market)
    const isWithin = limit === undefined || (side === 'buy' ? market.last <= limit : market.last >= limit)
    if (!order.isTriggered || !isWithin) {
      if (timeInForce !== 'ioc' && timeInForce !== 'fok') return false
      this.end(order, 'canceled')
      return true
    }
    const shown = side === 'buy' ? market.ask : market.bid
    const price = side === 'buy' ? Math.min(shown, limit ?? shown) : Math.max(shown, limit ?? shown)
    if (!this.execute(order, left(order), price))
      this.end(order, order.filled === 0 ? 'rejected' : 'canceled')
    return true
  }

  #trigger(order: ModelOrder, { last }: Market): void {
    if (order.isTriggered) return
    const { side, trail } = order
    if (trail !== undefined && order.best !== undefined) {
      order.best = side === 'sell' ? Math.max(order.best, last) : Math.min(order.best, last)
    }
    const stop =
      trail === undefined || order.best === undefined
        ? order.stop
        : order.best + (side === 'sell' ? -trail : trail)
    if (stop === undefined) order.isTriggered = true
    else order.isTriggered = side === 'sell' ? last <= stop : last >= stop
  }

  #follow(order: ModelOrder, quantity: number): void {
    const twin = this.#twin(order)
    if (twin !== undefined) {
      if (order.status === 'filled') this.end(twin, 'canceled')
      else twin.quantity -= quantity
      return
    }
    if (order.status !== 'filled') return
    const exits = this.#family(order).filter(isOpen)
    const [first] = exits
    if (first === undefined) return
    for (const exit of exits) exit.status = 'new'
    if (this.freeShares(first.owner, first.symbol) < left(first)) this.end(first, 'rejected')
    else first.held = left(first)
  }

  #open(owner: ModelAccount): ModelOrder[] {
    return this.orders.filter((order) => order.owner === owner && isOpen(order))
  }

  #family(order: ModelOrder): ModelOrder[] {
    const head = order.parent ?? order
    return this.orders.filter(
      (other) => other !== order && isOpen(other) && (other === head || other.parent === head),
    )
  }

  #twin(order: ModelOrder): ModelOrder | undefined {
    if (!order.isExit) return undefined
    return this.#family(order).find(({ isExit }) => isExit)
  }
}
