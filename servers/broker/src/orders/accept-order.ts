import { newId } from '@paddock/kernel'
import { openAccounts, post, readBalances } from '@paddock/ledger'
import { formatQuantity, trimmedUsd } from '@paddock/money'
import { scheduleJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import type { LockedAccount } from '../accounts/account-store.ts'
import { readBuyingPower } from '../accounts/cash-figures.ts'
import { tradingRefusal } from '../accounts/permissions.ts'
import type { Asset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { awaitsSplit } from '../corporate-actions/split-halt.ts'
import type { Tx } from '../db/database.ts'
import { quoteOf } from '../market/market.ts'
import type { Quote } from '../market/quote.ts'
import { nextMatch } from '../market/trading-hours.ts'
import { booksOf, newBooksOf } from '../positions/books.ts'
import { type Order, type OrderId, OrderRejected, type OrderTerms } from './order.ts'
import { appendOrderEvent } from './order-events.ts'
import { expiryOf } from './order-expiry.ts'
import { costOfBuy, holdOfBuy, holdOfSale, SMALLEST_BUY_MINOR } from './order-money.ts'
import { insertOrder } from './order-store.ts'
import { isFractional } from './order-terms.ts'

export const MATCH_ORDER = 'match-order'

export type MatchOrderPayload = { readonly accountId: AccountId; readonly orderId: OrderId }

export interface Submission {
  readonly terms: OrderTerms
  readonly clientOrderId: string
  readonly subtag?: string | undefined
  readonly source?: string | undefined
}

/**
 * Only usable accounts trade, each class of assets by its own status, within what the broker and the customer have
 * switched off. Without `terms` the order closes a position.
 */
export function requireMayTrade(
  account: LockedAccount,
  asset: Asset,
  terms?: Pick<OrderTerms, 'side' | 'amount'>,
): void {
  const refusal = tradingRefusal(account, {
    side: terms?.side ?? 'sell',
    isCrypto: asset.assetClass === 'crypto',
    isFractional: terms !== undefined && isFractional(terms.amount),
  })
  if (refusal !== undefined) throw new OrderRejected(refusal)
}

/**
 * Writes an order whose rules are checked, sets aside what it needs, and puts its match on the agenda. The
 * account must be locked by the same transaction: that is what keeps two orders from spending the same cash.
 */
export async function acceptOrder(
  ctx: BrokerContext,
  tx: Tx,
  accountId: AccountId,
  { terms, clientOrderId, subtag, source }: Submission,
): Promise<Order> {
  const { asset, side, amount, timeInForce, commissionMinor } = terms
  const now = ctx.clock.now()
  if (await awaitsSplit(tx, ctx.config, accountId, asset.symbol, now)) {
    throw new OrderRejected('asset_splitting', { symbol: asset.symbol })
  }
  const quote = quoteOf(ctx.config, asset, now)
  const matchAt = nextMatch(ctx.config.marketHours, asset.assetClass, now)
  const waits = Temporal.Instant.compare(matchAt, now) > 0
  const orderId = newId() as OrderId
  const holdId = `order:${orderId}:hold`

  await openAccounts(tx, newBooksOf(accountId, asset.symbol))
  const heldAmount =
    side === 'buy'
      ? await needCash(tx, accountId, terms, quote)
      : await needShares(tx, accountId, terms, quote)
  const order = await insertOrder(tx, {
    account_id: accountId,
    id: orderId,
    client_order_id: clientOrderId,
    symbol: asset.symbol,
    asset_class: asset.assetClass,
    side,
    type: 'market',
    time_in_force: timeInForce,
    quantity_nano: amount.kind === 'quantity' ? amount.quantityNano : null,
    notional_minor: amount.kind === 'notional' ? amount.notionalMinor : null,
    commission_minor: commissionMinor,
    subtag: subtag ?? null,
    source: source ?? null,
    status: waits ? 'accepted' : 'new',
    hold_id: holdId,
    held_amount: heldAmount,
    submitted_at: now,
    expires_at: expiryOf(terms, now) ?? null,
    updated_at: now,
  })

  const books = booksOf(accountId, asset.symbol)
  const [from, to] = side === 'buy' ? [books.cash, books.streetCash] : [books.shares, books.streetShares]
  const cause = { kind: 'order', id: orderId, step: 'hold' }
  await post(tx, [{ type: 'pend', id: holdId, from, to, amount: heldAmount, cause, at: now }])
  await appendOrderEvent(tx, order, waits ? 'accepted' : 'new', now)
  const payload: MatchOrderPayload = { accountId, orderId }
  await scheduleJob(tx, { queue: MATCH_ORDER, key: orderId, runAt: matchAt, payload })
  return order
}

/** Cents that a buy needs, or its rejection. */
async function needCash(tx: Tx, accountId: AccountId, terms: OrderTerms, quote: Quote): Promise<bigint> {
  if (costOfBuy(terms.amount, quote.askMicro) < SMALLEST_BUY_MINOR) {
    throw new OrderRejected('cost_below_minimum')
  }
  const neededMinor = holdOfBuy(terms, quote.askMicro)
  const buyingPowerMinor = await readBuyingPower(tx, accountId)
  if (neededMinor > buyingPowerMinor) {
    throw new OrderRejected('insufficient_buying_power', {
      buyingPower: trimmedUsd(buyingPowerMinor),
      costBasis: trimmedUsd(neededMinor),
    })
  }
  return neededMinor
}

/** Shares that a sale needs, or its rejection: nobody sells what is not there, or is being sold already. */
async function needShares(tx: Tx, accountId: AccountId, terms: OrderTerms, quote: Quote): Promise<bigint> {
  const { shares } = booksOf(accountId, terms.asset.symbol)
  const balance = (await readBalances(tx, [shares])).get(shares)
  const availableNano = balance?.available ?? 0n
  const { neededNano, heldNano } = holdOfSale(terms.amount, quote.bidMicro, availableNano)
  if (neededNano > availableNano) {
    throw new OrderRejected('insufficient_quantity', {
      symbol: terms.asset.symbol,
      assetClass: terms.asset.assetClass,
      requested: formatQuantity(neededNano),
      available: formatQuantity(availableNano),
      existing: formatQuantity(balance?.posted ?? 0n),
      heldForOrders: formatQuantity(balance?.pendingOut ?? 0n),
    })
  }
  return heldNano
}
