import { randomInt, randomUUID } from 'node:crypto'

/** Where the price of a symbol was when the load began, in cents. */
export type Prices = ReadonlyMap<string, number>

const pick = <Value>(values: readonly Value[]): Value => values[randomInt(values.length)] as Value

/** An order of any type and class, near enough to the market that some execute at once, some later and some never. */
export function randomOrder(prices: Prices): Record<string, unknown> {
  const symbol = pick([...prices.keys()])
  const cents = prices.get(symbol) ?? 0
  const at = (percent: number) => (Math.round((cents * percent) / 100) / 100).toFixed(2)
  const side = pick(['buy', 'buy', 'sell'] as const)
  const isBuy = side === 'buy'
  const common = {
    symbol,
    side,
    qty: String(randomInt(1, 4)),
    time_in_force: pick(['day', 'gtc']),
    client_order_id: randomUUID(),
    ...pick([{}, { commission: '0.25' }, { commission: '0.01', commission_type: 'qty' }]),
  }
  const near = pick([90, 99, 100, 101, 110])
  const exits = { take_profit: { limit_price: at(120) }, stop_loss: { stop_price: at(80) } }
  return pick<() => Record<string, unknown>>([
    () => ({ ...common, type: 'market' }),
    () => ({ ...common, type: 'market', qty: undefined, notional: '5.50', time_in_force: 'day' }),
    () => ({ ...common, type: 'market', time_in_force: pick(['ioc', 'fok']) }),
    () => ({ ...common, type: 'limit', limit_price: at(near) }),
    () => ({ ...common, type: 'limit', limit_price: at(near), qty: '0.5', time_in_force: 'day' }),
    () => ({ ...common, type: 'stop', stop_price: at(isBuy ? 103 : 97) }),
    () => ({ ...common, type: 'stop_limit', stop_price: at(isBuy ? 103 : 97), limit_price: at(100) }),
    () => ({ ...common, type: 'trailing_stop', trail_percent: pick(['0.1', '2', '5']) }),
    () => ({ ...common, type: 'market', side: 'buy', order_class: 'bracket', ...exits }),
    () => ({ ...common, type: 'limit', limit_price: at(95), side: 'buy', order_class: 'bracket', ...exits }),
    () => ({ ...common, type: 'limit', side: 'sell', order_class: 'oco', ...exits }),
    () => ({ ...common, type: 'market', side: 'buy', order_class: 'oto', stop_loss: exits.stop_loss }),
  ])()
}
