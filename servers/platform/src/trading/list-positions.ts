import type { Position as PositionBody } from '@paddock/platform-wire'
import type { BrokerageAccount } from '../applications/brokerage-account.ts'
import type { Position } from '../broker/client.ts'
import type { PlatformContext } from '../context.ts'
import { showFraction, showPrice, showQuantity, showUsd } from '../decimal.ts'

/** What the account holds, at the broker's prices, largest first. */
export async function listPositions(
  ctx: PlatformContext,
  account: BrokerageAccount,
): Promise<PositionBody[]> {
  const positions = await ctx.broker.positions.list(account.id)
  return Promise.all(positions.map((position) => presentPosition(ctx, position)))
}

async function presentPosition({ assets }: PlatformContext, position: Position): Promise<PositionBody> {
  const asset = await assets.find(position.symbol)
  return {
    // The broker writes pairs without their slash here; our paths and lists have it.
    symbol: asset?.symbol ?? position.symbol,
    name: asset?.name ?? position.symbol,
    asset_class: position.asset_class,
    qty: showQuantity(position.qty),
    qty_available: showQuantity(position.qty_available),
    avg_entry_price: showPrice(position.avg_entry_price),
    current_price: showPrice(position.current_price),
    market_value: showUsd(position.market_value),
    cost_basis: showUsd(position.cost_basis),
    unrealized_pl: showUsd(position.unrealized_pl),
    unrealized_pl_fraction: showFraction(position.unrealized_plpc),
    change_today_fraction: showFraction(position.change_today),
  }
}
