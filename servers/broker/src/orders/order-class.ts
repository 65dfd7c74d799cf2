import { formatPrice, type PriceMicro } from '@paddock/money'
import type { Exit } from './accept-order.ts'
import { type OrderClass, OrderRejected, type OrderSide, type OrderTerms, type OrderType } from './order.ts'
import { readPrice, requirePriceStep } from './order-prices.ts'

export type ExitsAsked = {
  readonly takeProfit?: { readonly limitPrice?: string | undefined } | undefined
  readonly stopLoss?:
    | { readonly stopPrice?: string | undefined; readonly limitPrice?: string | undefined }
    | undefined
  /** Legs of an order for several options. */
  readonly hasLegs?: boolean | undefined
}

/** What an order of a class may be: an oco is two exits of what is held, and nothing trails beside another. */
export function requireTypeOfClass(type: OrderType, side: OrderSide, orderClass: OrderClass): void {
  if (orderClass === 'simple') return
  const isWrong = orderClass === 'oco' ? type !== 'limit' : type === 'trailing_stop'
  if (isWrong) throw new OrderRejected('order_class_type_not_allowed', { orderClass, type })
  // It would close a short position, and nobody has one.
  if (orderClass === 'oco' && side === 'buy') throw new OrderRejected('oco_not_an_exit')
}

/** An oco is its own take-profit: that is where its limit is. */
export function limitAskedOf(
  { takeProfit, limitPrice }: ExitsAsked & { readonly limitPrice?: string | undefined },
  orderClass: OrderClass,
): string | undefined {
  if (orderClass !== 'oco') return limitPrice
  if (takeProfit?.limitPrice === undefined) throw new OrderRejected('take_profit_required')
  return takeProfit.limitPrice
}

/**
 * The exits of a bracket or an oto, and the stop of an oco (contracts/alpaca/orders.md §3). They are for the same
 * shares, as long and for the same commission as the order that they belong to.
 */
export function readExits(asked: ExitsAsked, terms: OrderTerms, orderClass: OrderClass): readonly Exit[] {
  const { takeProfit, stopLoss } = asked
  switch (orderClass) {
    case 'simple':
      if ((takeProfit ?? stopLoss) !== undefined) throw new OrderRejected('exits_not_allowed')
      return []
    case 'oto':
      if ((takeProfit === undefined) === (stopLoss === undefined)) {
        throw new OrderRejected('oto_needs_one_exit')
      }
      return [takeProfit === undefined ? readStopLoss(asked, terms) : readTakeProfit(asked, terms)]
    case 'bracket': {
      const [profit, loss] = [readTakeProfit(asked, terms), readStopLoss(asked, terms)]
      refuseCrossed(profit.terms, loss.terms)
      return [profit, loss]
    }
    case 'oco': {
      const { leg, terms: exit } = readStopLoss(asked, terms)
      const loss: Exit = { leg, terms: { ...exit, side: terms.side } }
      refuseCrossed(terms, loss.terms)
      return [loss]
    }
  }
}

function readTakeProfit({ takeProfit }: ExitsAsked, terms: OrderTerms): Exit {
  if (takeProfit?.limitPrice === undefined) throw new OrderRejected('take_profit_required')
  const limitMicro = readStep('take_profit.limit_price', takeProfit.limitPrice)
  return { leg: 'take_profit', terms: { ...exitOf(terms), type: 'limit', limitMicro } }
}

function readStopLoss({ stopLoss }: ExitsAsked, terms: OrderTerms): Exit {
  if (stopLoss?.stopPrice === undefined) throw new OrderRejected('stop_loss_required')
  const stopMicro = readStep('stop_loss.stop_price', stopLoss.stopPrice)
  const stop = { ...exitOf(terms), stopMicro }
  if (stopLoss.limitPrice === undefined) return { leg: 'stop_loss', terms: { ...stop, type: 'stop' } }
  const limitMicro = readStep('stop_loss.limit_price', stopLoss.limitPrice)
  return { leg: 'stop_loss', terms: { ...stop, type: 'stop_limit', limitMicro } }
}

function readStep(field: string, text: string): PriceMicro {
  const priceMicro = readPrice(field, text)
  requirePriceStep(field, priceMicro)
  return priceMicro
}

function exitOf(terms: OrderTerms): OrderTerms {
  return {
    ...terms,
    side: terms.side === 'buy' ? 'sell' : 'buy',
    limitMicro: undefined,
    stopMicro: undefined,
    trail: undefined,
  }
}

/** Who sells takes the profit above the stop, who buys back below it. */
export function refuseCrossed({ side, limitMicro }: OrderTerms, { stopMicro }: OrderTerms): void {
  if (limitMicro === undefined || stopMicro === undefined) return
  const isCrossed = side === 'sell' ? limitMicro <= stopMicro : limitMicro >= stopMicro
  if (!isCrossed) return
  throw new OrderRejected('exit_prices_crossed', {
    side,
    takeProfit: formatPrice(limitMicro),
    stopLoss: formatPrice(stopMicro),
  })
}
