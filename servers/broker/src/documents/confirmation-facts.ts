import { assert } from '@paddock/kernel'
import { formatPrice, formatQuantity, formatUsd } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { Activity } from '../activities/activity.ts'
import { findAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import type { ConfirmationFacts, ConfirmedTrade } from './document-facts.ts'
import { readHolder } from './holder.ts'
import { daysBetween, issueDay, readLines } from './issue-context.ts'

/** Every execution of a day with what it cost beside its price, or nothing when there was none. */
export async function readConfirmationFacts(
  ctx: BrokerContext,
  accountId: AccountId,
  day: Temporal.PlainDate,
): Promise<ConfirmationFacts | undefined> {
  const lines = await readLines(ctx.db, accountId, daysBetween(day, day), ['FILL', 'FEE', 'CFEE'])
  const fills = lines.filter(({ type }) => type === 'FILL')
  if (fills.length === 0) return undefined
  const feesOf = feesByExecution(fills, lines)
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)
  const fees = sum([...feesOf.values()])
  const bought = sum(fills.map(({ netAmountMinor }) => (netAmountMinor < 0n ? -netAmountMinor : 0n)))
  const sold = sum(fills.map(({ netAmountMinor }) => (netAmountMinor > 0n ? netAmountMinor : 0n)))
  return {
    kind: 'trade_confirmation',
    holder: await readHolder(ctx.db, accountId),
    account_id: accountId,
    issued_on: issueDay(ctx),
    trade_date: day.toString(),
    trades: fills.map((fill) => presentTrade(fill, feesOf.get(fill.id) ?? 0n)),
    total_bought: formatUsd(bought),
    total_sold: formatUsd(sold),
    total_fees: formatUsd(fees),
    net_amount: formatUsd(sold - bought - fees),
  }
}

/** A fee belongs to the execution that it names, or else to the last one of its order. */
function feesByExecution(fills: readonly Activity[], lines: readonly Activity[]): Map<string, bigint> {
  const fees = new Map<string, bigint>()
  for (const { type, orderId, details, netAmountMinor } of lines) {
    if (type === 'FILL') continue
    const execution =
      fills.find(({ id }) => id === details.parent_id) ??
      fills.findLast((fill) => orderId !== undefined && fill.orderId === orderId)
    if (execution !== undefined) fees.set(execution.id, (fees.get(execution.id) ?? 0n) - netAmountMinor)
  }
  return fees
}

function presentTrade(fill: Activity, feesMinor: bigint): ConfirmedTrade {
  const { id, orderId, symbol, quantityNano = 0n, priceMicro = 0n, netAmountMinor, at, settlesOn } = fill
  assert(symbol !== undefined && orderId !== undefined, 'an execution is of an order for an asset')
  const isSale = quantityNano < 0n
  return {
    execution_id: id,
    order_id: orderId,
    executed_at: at.toString(),
    side: isSale ? 'sell' : 'buy',
    symbol,
    name: findAsset(symbol)?.name ?? symbol,
    qty: formatQuantity(isSale ? -quantityNano : quantityNano),
    price: formatPrice(priceMicro),
    principal: formatUsd(netAmountMinor < 0n ? -netAmountMinor : netAmountMinor),
    fees: formatUsd(feesMinor),
    net_amount: formatUsd(netAmountMinor - feesMinor),
    settle_date: settlesOn.toString(),
  }
}
