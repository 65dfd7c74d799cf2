import { newId } from '@paddock/kernel'
import { formatQuantity, parseQuantity, type QuantityNano } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { type Asset, findAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { acceptOrder } from '../orders/accept-order.ts'
import { Desk } from '../orders/desk.ts'
import { type Order, OrderRejected } from '../orders/order.ts'
import { readOrder } from '../orders/order-terms.ts'
import { readHoldings } from './holding.ts'
import { PositionRejected } from './position.ts'

/** How much of a position to sell; neither means all of it. Decimals are plain text. */
export interface ShareToClose {
  readonly quantity?: string | undefined
  readonly percentage?: string | undefined
}

/** Sells a position, or part of it, at the market. */
export async function closePosition(
  ctx: BrokerContext,
  accountId: AccountId,
  symbolOrId: string,
  share: ShareToClose,
): Promise<Order> {
  const asset = findAsset(symbolOrId)
  if (asset === undefined) throw new PositionRejected('position_not_found')
  return transact(ctx, async (tx) => {
    const pair = { accountId, symbol: asset.symbol }
    const desk = await Desk.open(ctx, tx, [pair])
    desk.account(accountId)
    const { heldNano } = desk.shares(pair)
    if (heldNano === 0n) throw new PositionRejected('position_not_found')
    const order = acceptOrder(desk, {
      ...readOrder({
        symbol: asset.symbol,
        side: 'sell',
        type: 'market',
        timeInForce: asset.assetClass === 'crypto' ? 'gtc' : 'day',
        quantity: quantityToClose(heldNano, share),
      }),
      accountId,
      clientOrderId: newId(),
    })
    await desk.flush()
    return order
  })
}

export interface ClosedPosition {
  readonly asset: Asset
  readonly outcome: Order | OrderRejected | PositionRejected
}

/** Sells everything that the account holds; each position by itself, so that one refusal stops no other. */
export async function closeAllPositions(ctx: BrokerContext, accountId: AccountId): Promise<ClosedPosition[]> {
  const closed: ClosedPosition[] = []
  for (const { asset } of await readHoldings(ctx.db, [accountId])) {
    try {
      closed.push({ asset, outcome: await closePosition(ctx, accountId, asset.symbol, {}) })
    } catch (error) {
      if (!(error instanceof OrderRejected || error instanceof PositionRejected)) throw error
      closed.push({ asset, outcome: error })
    }
  }
  return closed
}

function quantityToClose(quantityNano: QuantityNano, { quantity, percentage }: ShareToClose): string {
  if (quantity !== undefined && percentage !== undefined)
    throw new PositionRejected('quantity_and_percentage')
  if (quantity !== undefined) return quantity
  if (percentage === undefined) return formatQuantity(quantityNano)
  // A percentage has up to nine decimals, as quantities do.
  const percentNano = parseQuantity(percentage)
  if (percentNano === undefined || percentNano <= 0n || percentNano > 100_000_000_000n) {
    throw new PositionRejected('share_of_position_invalid')
  }
  return formatQuantity(((quantityNano * percentNano) / 100_000_000_000n) as QuantityNano)
}
