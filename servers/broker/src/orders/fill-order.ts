import { newYorkDate, settlementDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import { post, readBalances, type Transfer } from '@paddock/ledger'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import { scheduleJob } from '@paddock/service'
import { lockAccount } from '../accounts/account-store.ts'
import { readBuyingPower } from '../accounts/cash-figures.ts'
import type { Asset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { wasSplitSince } from '../corporate-actions/split-halt.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { quoteOf } from '../market/market.ts'
import { nextMatch } from '../market/trading-hours.ts'
import { booksOf } from '../positions/books.ts'
import { bookPurchase, bookSale } from '../positions/position-store.ts'
import { MATCH_ORDER, type MatchOrderPayload } from './accept-order.ts'
import { bookFill } from './book-fill.ts'
import { cancelOpenOrder } from './cancel-order.ts'
import { insertFill } from './fill-store.ts'
import { type Order, openStatuses } from './order.ts'
import { appendFillEvent, appendOrderEvent } from './order-events.ts'
import { type Execution, executeBuy, executeSale } from './order-money.ts'
import { findOrder, updateOrder } from './order-store.ts'

/**
 * Fills an open market order at the present quote: releases its hold, moves cash and shares, and books the
 * position, all in one transaction. An order that is no longer open is left alone, so it may be called again.
 */
export async function fillOrder(
  ctx: BrokerContext,
  { accountId, orderId }: MatchOrderPayload,
): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const order = await findOrder(tx, accountId, orderId)
    if (order === undefined || !openStatuses.includes(order.status)) return
    const now = ctx.clock.now()
    if (await waitsForOpen(ctx, tx, order, now)) return
    if (await wasSplitSince(tx, ctx.config, order.asset.symbol, order.submittedAt, now)) {
      await cancelOpenOrder(ctx, tx, order, 'CORPORATE_ACTION')
      return
    }

    const quote = quoteOf(ctx.config, order.asset, now)
    const books = booksOf(accountId, order.asset.symbol)
    const heldNano = ((await readBalances(tx, [books.shares])).get(books.shares)?.posted ??
      0n) as QuantityNano
    const execution =
      order.side === 'buy'
        ? executeBuy(order, quote.askMicro)
        : executeSale(order, quote.bidMicro, order.heldAmount)
    if (!isPaidFor(order, execution, await readBuyingPower(tx, accountId))) {
      await rejectOrder(tx, order, now)
      return
    }
    await post(tx, transfersOf(order, execution, now))
    await recordFill(tx, order, execution, heldNano, now)
  })
}

/** A match that comes late, after the close, waits for the next open like any other order. */
async function waitsForOpen(
  ctx: BrokerContext,
  tx: Tx,
  { accountId, id, asset }: Order,
  now: Temporal.Instant,
): Promise<boolean> {
  const runAt = nextMatch(ctx.config.marketHours, asset.assetClass, now)
  if (Temporal.Instant.compare(runAt, now) <= 0) return false
  const payload: MatchOrderPayload = { accountId, orderId: id }
  await scheduleJob(tx, { queue: MATCH_ORDER, key: `${id}@${runAt}`, runAt, payload })
  return true
}

/** A price may have run away past the hold while the order waited; then free cash pays, if there is enough. */
function isPaidFor(
  order: Order,
  { amountMinor, commissionMinor }: Execution,
  buyingPowerMinor: UsdMinor,
): boolean {
  if (order.side === 'sell') return true
  return amountMinor + commissionMinor <= buyingPowerMinor + order.heldAmount
}

async function rejectOrder(tx: Tx, order: Order, now: Temporal.Instant): Promise<void> {
  const cause = { kind: 'order', id: order.id, step: 'release' }
  await post(tx, [
    { type: 'void_pending', id: `order:${order.id}:release`, pendingId: order.holdId, cause, at: now },
  ])
  const rejected = await updateOrder(tx, order, { status: 'rejected', failed_at: now, updated_at: now })
  await appendOrderEvent(tx, rejected, 'rejected', now)
}

function transfersOf(order: Order, execution: Execution, at: Temporal.Instant): Transfer[] {
  const { cash, shares, streetCash, streetShares, commission } = booksOf(order.accountId, order.asset.symbol)
  const step = (name: string) => ({
    id: `order:${order.id}:${name}`,
    cause: { kind: 'order', id: order.id, step: name },
    at,
  })
  const move = (name: string, from: string, to: string, amount: bigint): Transfer[] =>
    amount === 0n ? [] : [{ type: 'post', from, to, amount, ...step(name) }]

  const { quantityNano, amountMinor, commissionMinor } = execution
  const trade: Transfer[] =
    order.side === 'buy'
      ? [
          { type: 'void_pending', pendingId: order.holdId, ...step('release') },
          ...move('cost', cash, streetCash, amountMinor),
          ...move('shares', streetShares, shares, quantityNano),
        ]
      : [
          { type: 'post_pending', pendingId: order.holdId, amount: quantityNano, ...step('shares') },
          ...move('proceeds', streetCash, cash, amountMinor),
        ]
  return [...trade, ...move('commission', cash, commission, commissionMinor)]
}

async function recordFill(
  tx: Tx,
  order: Order,
  execution: Execution,
  heldNano: QuantityNano,
  now: Temporal.Instant,
): Promise<void> {
  const { quantityNano, priceMicro, amountMinor, commissionMinor } = execution
  const trade = { accountId: order.accountId, symbol: order.asset.symbol, quantityNano, amountMinor, at: now }
  const gain = order.side === 'buy' ? await bookPurchase(tx, trade) : await bookSale(tx, trade, heldNano)
  const signedNano = order.side === 'buy' ? quantityNano : -quantityNano
  const positionNano = (heldNano + signedNano) as QuantityNano
  const executionId = newId()
  const settlesOn = settlesOnOf(order.asset, now)
  if (order.status === 'accepted') {
    await appendOrderEvent(tx, { ...order, status: 'new', updatedAt: now }, 'new', now)
  }
  const filled = await updateOrder(tx, order, {
    status: 'filled',
    filled_quantity_nano: quantityNano,
    filled_price_micro: priceMicro,
    filled_at: now,
    updated_at: now,
  })
  await insertFill(tx, {
    account_id: order.accountId,
    id: executionId,
    order_id: order.id,
    symbol: order.asset.symbol,
    side: order.side,
    quantity_nano: quantityNano,
    price_micro: priceMicro,
    amount_minor: amountMinor,
    commission_minor: commissionMinor,
    cost_basis_minor: gain?.costBasisMinor ?? null,
    realized_minor: gain?.realizedMinor ?? null,
    position_quantity_nano: positionNano,
    filled_at: now,
    settles_on: settlesOn,
  })
  await appendFillEvent(tx, filled, { executionId, quantityNano, priceMicro, positionNano, settlesOn }, now)
  await bookFill(tx, filled, execution, { executionId, settlesOn, at: now })
}

/** Shares settle a day after the trade, coins at once. */
function settlesOnOf(asset: Asset, at: Temporal.Instant): Temporal.PlainDate {
  const tradedOn = newYorkDate(at)
  return asset.assetClass === 'crypto' ? tradedOn : settlementDate(tradedOn)
}
