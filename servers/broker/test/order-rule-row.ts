import { formatPrice } from '@paddock/money'
import type { AccountId } from '../src/accounts/account.ts'
import type { OrderRejection } from '../src/orders/order.ts'
import type { PositionRejection } from '../src/positions/position.ts'
import type { TradingWorld, WorldOptions } from './trading-world.ts'

export type Facts = Readonly<Record<string, string>>

/** One rule of the vendor: what is asked, and with which words it is refused. */
export type RuleRow = {
  readonly refusal: OrderRejection | PositionRejection
  readonly what: string
  /** A world of its own, where the usual one will not do. */
  readonly options?: WorldOptions
  readonly scene?: (world: TradingWorld, account: AccountId) => Promise<Facts | undefined>
  readonly ask: (
    world: TradingWorld,
    account: AccountId,
    facts: Facts,
  ) => { readonly method?: string; readonly path?: string; readonly body?: object }
  readonly status: number
  readonly code: number
  readonly message: string
  readonly fields?: (world: TradingWorld, account: AccountId, facts: Facts) => object
}

export const ko = { symbol: 'KO', side: 'buy', type: 'market', time_in_force: 'day' }
export const oneShare = { ...ko, qty: 1 }
export const limit = { ...oneShare, type: 'limit', limit_price: 60 }
export const stop = { ...oneShare, type: 'stop', stop_price: 900 }
export const stopLimit = { ...stop, type: 'stop_limit', limit_price: 901 }
export const trailing = { ...oneShare, type: 'trailing_stop', trail_percent: 5 }
export const coins = { ...ko, symbol: 'BTC/USD', qty: '0.001', time_in_force: 'gtc' }
export const exits = { take_profit: { limit_price: 66 }, stop_loss: { stop_price: 57.5 } }
export const bracket = { ...limit, order_class: 'bracket', ...exits }
export const oco = { ...limit, side: 'sell', order_class: 'oco', ...exits }

export const invalid = (message: string) => ({ status: 422, code: 40010001, message })
export const unprocessable = (message: string) => ({ status: 422, code: 42210000, message })
export const forbidden = (message: string) => ({ status: 403, code: 40310000, message })
export const missing = (message: string) => ({ status: 404, code: 40410000, message })

type Rest = Omit<RuleRow, 'ask' | 'refusal' | 'what'>

/** An order that is refused. */
export const order = (refusal: RuleRow['refusal'], body: object, rest: Rest): RuleRow => ({
  refusal,
  what: JSON.stringify(body),
  ask: () => ({ body }),
  ...rest,
})

/** An order, and a wish about it that is refused. */
export const change = (
  refusal: RuleRow['refusal'],
  what: string,
  scene: NonNullable<RuleRow['scene']>,
  body: object | undefined,
  rest: Rest,
): RuleRow => ({
  refusal,
  what,
  scene,
  ask: (world, account, { id }) => ({
    method: body === undefined ? 'DELETE' : 'PATCH',
    path: `${world.ordersOf(account)}/${id}`,
    ...(body === undefined ? {} : { body }),
  }),
  ...rest,
})

export async function must({ status, body }: { status: number; body: Facts }): Promise<Facts> {
  if (status !== 200) throw new Error(`the scenery fell down: ${status} ${JSON.stringify(body)}`)
  return body
}

export const placed =
  (...orders: object[]) =>
  async (world: TradingWorld, account: AccountId): Promise<Facts> => {
    let last: Facts = {}
    for (const one of orders) last = await must(await world.order(account, one))
    return last
  }

export const holding =
  (qty: string, ...orders: object[]) =>
  async (world: TradingWorld, account: AccountId): Promise<Facts> => {
    await world.buy(account, 'KO', qty)
    return placed(...orders)(world, account)
  }

export const canceled = async (world: TradingWorld, account: AccountId): Promise<Facts> => {
  const { id } = await placed(resting)(world, account)
  await world.call('DELETE', `${world.ordersOf(account)}/${id}`)
  return { id: String(id) }
}

export const configured = (settings: object) => async (world: TradingWorld, account: AccountId) => {
  return must(await world.call('PATCH', `/v1/trading/accounts/${account}/account/configurations`, settings))
}

export const restricted = (settings: object) => async (world: TradingWorld, account: AccountId) => {
  return must(await world.call('POST', `/_sim/accounts/${account}/restrictions`, settings))
}

export const inStatus =
  (columns: object) =>
  async ({ db }: TradingWorld, account: AccountId): Promise<undefined> => {
    await db.updateTable('accounts').set(columns).where('id', '=', account).execute()
  }

/** Far below the market: it stays open. */
export const resting = { ...limit, limit_price: 1 }
export const last = ({ quote }: TradingWorld, symbol = 'KO') => formatPrice(quote(symbol).lastMicro)
export const subPenny = (field: string, price: string) =>
  `invalid ${field} ${price}. sub-penny increment does not fulfill minimum pricing criteria`

export const NOBODY = '00000000-0000-4000-8000-000000000000'
