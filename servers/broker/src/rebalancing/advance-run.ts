import { assert } from '@paddock/kernel'
import { readBalances } from '@paddock/ledger'
import { formatQuantity, marketValue, type QuantityNano, trimmedUsd, type UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { type LockedAccount, lockAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { cashAccount } from '../ledger-accounts.ts'
import { quoteOf } from '../market/market.ts'
import { acceptOrder } from '../orders/accept-order.ts'
import { Desk } from '../orders/desk.ts'
import { OrderRejected } from '../orders/order.ts'
import { readOrder } from '../orders/order-terms.ts'
import { type Holding, readHoldings } from '../positions/holding.ts'
import {
  idleCash,
  type PlannedTrade,
  planInvestment,
  planPurchases,
  planSales,
  type Sheet,
} from './plan-trades.ts'
import { isFinished, type Run, type RunLeg, type RunStatus } from './run.ts'
import { cancelOrdersOf, ordersOf } from './run-orders.ts'
import { findRun, insertLeg, readLegs, updateRun } from './run-store.ts'
import { currentOrNextWindow } from './run-window.ts'
import { type AdvanceRunPayload, scheduleAdvance } from './start-run.ts'
import { noteRebalanced } from './subscription-store.ts'

/** Least value of a leg, as of any buy. */
const SMALLEST_LEG_MINOR = 100n

/** Longest pause before looking again whether the orders are done; the first is two seconds, and each is twice the last. */
const LOOK_AGAIN_SECONDS = 60

/**
 * Takes a run as far as it can go now: sells, buys with what that brought, ends. Orders and the step that they belong
 * to are written in one transaction under the account's lock, so a crash in between repeats nothing.
 */
export async function advanceRun(ctx: BrokerContext, payload: AdvanceRunPayload): Promise<void> {
  await transact(ctx, async (tx) => {
    const account = await lockAccount(tx, payload.accountId)
    let run = await findRun(tx, payload.runId)
    if (run === undefined || isFinished(run) || run.tick !== payload.tick) return
    if (run.status === 'QUEUED') {
      const begun = await begin(ctx, tx, account, run)
      if (begun === undefined) return
      run = begun
    }
    if (run.status === 'SELLS_IN_PROGRESS') {
      if ((await isWaiting(ctx, tx, run)) || (await isTooLate(ctx, tx, run))) return
      const sheet = await readSheet(ctx, tx, run.accountId)
      const trades =
        run.type === 'full_rebalance' ? planPurchases(run.weights, sheet) : planInvestment(run.weights, sheet)
      await trade(ctx, tx, run, trades)
      run = await move(ctx, tx, run, 'BUYS_IN_PROGRESS')
    }
    if (run.status === 'BUYS_IN_PROGRESS' && !(await isWaiting(ctx, tx, run))) await complete(ctx, tx, run)
  })
}

/** Sells what is too much, unless it is too early or the account may no longer trade. */
async function begin(ctx: BrokerContext, tx: Tx, account: LockedAccount, run: Run): Promise<Run | undefined> {
  const now = ctx.clock.now()
  const { opensAt, closesAt } = currentOrNextWindow(ctx.config.marketHours, now)
  if (Temporal.Instant.compare(opensAt, now) > 0) {
    await scheduleAdvance(tx, run, opensAt)
    return undefined
  }
  if (account.status !== 'ACTIVE') {
    await updateRun(tx, run, {
      status: 'ERROR',
      reason: 'account is not active',
      completed_at: now,
      updated_at: now,
    })
    return undefined
  }
  const sheet = await readSheet(ctx, tx, run.accountId)
  if (run.type === 'full_rebalance') await trade(ctx, tx, run, planSales(run.weights, sheet))
  const amountMinor = run.type === 'invest_cash' ? idleCash(run.weights, sheet) : null
  return move(ctx, tx, run, 'SELLS_IN_PROGRESS', { ends_by: closesAt, amount_minor: amountMinor })
}

function move(
  ctx: BrokerContext,
  tx: Tx,
  run: Run,
  status: RunStatus,
  change: Parameters<typeof updateRun>[2] = {},
): Promise<Run> {
  return updateRun(tx, run, { ...change, status, updated_at: ctx.clock.now() })
}

/** True while orders are open: then the run is looked at again soon, or is over because its time is. */
async function isWaiting(ctx: BrokerContext, tx: Tx, run: Run): Promise<boolean> {
  const { open } = await ordersOf(tx, run)
  if (open.length === 0) return false
  const now = ctx.clock.now()
  assert(run.endsBy !== undefined, 'a run that trades has an end')
  if (Temporal.Instant.compare(now, run.endsBy) < 0) {
    const next = now.add({ seconds: Math.min(2 ** Math.min(run.tick, 6), LOOK_AGAIN_SECONDS) })
    await scheduleAdvance(tx, run, Temporal.Instant.compare(next, run.endsBy) < 0 ? next : run.endsBy)
    return true
  }
  await cancelOrdersOf(ctx, tx, run)
  await timeOut(tx, run, 'orders were still open when the time for runs was over', now)
  return true
}

/** After its end a run buys nothing more, even if nobody looked at it in time. */
async function isTooLate(ctx: BrokerContext, tx: Tx, run: Run): Promise<boolean> {
  const now = ctx.clock.now()
  if (run.endsBy === undefined || Temporal.Instant.compare(now, run.endsBy) < 0) return false
  await timeOut(tx, run, 'the time for runs was over before the buys', now)
  return true
}

function timeOut(tx: Tx, run: Run, reason: string, now: Temporal.Instant): Promise<Run> {
  return updateRun(tx, run, { status: 'TIMEOUT', reason, completed_at: now, updated_at: now })
}

/** A run whose every trade became a filled order succeeded; otherwise it did what it could. */
async function complete(ctx: BrokerContext, tx: Tx, run: Run): Promise<void> {
  const { failed, skipped } = await ordersOf(tx, run)
  const isWhole = failed.length === 0 && skipped.length === 0
  const now = ctx.clock.now()
  await move(ctx, tx, run, isWhole ? 'COMPLETED_SUCCESS' : 'COMPLETED_ADJUSTED', { completed_at: now })
  if (run.portfolioId !== undefined) await noteRebalanced(tx, run.accountId, run.portfolioId, now)
}

/** What a run may move: free cash, and the account's equities that no other sale has set aside. Coins stay where they are. */
export async function readSheet(ctx: BrokerContext, tx: Tx, accountId: AccountId): Promise<Sheet> {
  const cash = cashAccount(accountId)
  const cashMinor = (await readBalances(tx, [cash])).get(cash)?.available ?? 0n
  const now = ctx.clock.now()
  const heldMinor = new Map<string, UsdMinor>()
  for (const { asset, availableNano } of await readEquities(tx, accountId)) {
    heldMinor.set(asset.symbol, marketValue(availableNano, quoteOf(ctx.config, asset, now).lastMicro))
  }
  return { cashMinor: (cashMinor > 0n ? cashMinor : 0n) as UsdMinor, heldMinor }
}

async function readEquities(tx: Tx, accountId: AccountId): Promise<Holding[]> {
  const holdings = await readHoldings(tx, [accountId])
  return holdings.filter(({ asset, availableNano }) => asset.assetClass === 'us_equity' && availableNano > 0n)
}

/** Makes an order of each trade, or notes why not: one that is refused stops no other. */
async function trade(ctx: BrokerContext, tx: Tx, run: Run, trades: readonly PlannedTrade[]): Promise<void> {
  if (trades.length === 0) return
  const before = (await readLegs(tx, [run])).get(run.id)?.length ?? 0
  const sheet = await readSheet(ctx, tx, run.accountId)
  const equities = await readEquities(tx, run.accountId)
  const desk = await Desk.open(
    ctx,
    tx,
    trades.map(({ symbol }) => ({ accountId: run.accountId, symbol })),
  )
  const legs = trades.map((planned, index) => {
    const number = before + index
    const { symbol, side, notionalMinor } = planned
    const held = equities.find(({ asset }) => asset.symbol === symbol)
    const outcome =
      notionalMinor < SMALLEST_LEG_MINOR
        ? tooSmall(notionalMinor)
        : placeLeg(desk, run.accountId, `rebalance-${run.id}-${number}`, {
            symbol,
            side,
            ...(side === 'buy'
              ? { notional: trimmedUsd(notionalMinor) }
              : { quantity: quantityToSell(planned, held, sheet.heldMinor.get(symbol)) }),
          })
    return { number, symbol, side, notionalMinor, outcome }
  })
  await desk.flush()
  for (const leg of legs) await insertLeg(tx, run, leg)
}

const tooSmall = (notionalMinor: UsdMinor) => ({
  skipped: 'ORDER_LESS_THAN_MIN_NOTIONAL',
  details: `${trimmedUsd(notionalMinor)} is below the least order of 1 dollar`,
})

type LegOrder = {
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly notional?: string
  readonly quantity?: string
}

function placeLeg(desk: Desk, accountId: AccountId, clientOrderId: string, leg: LegOrder): RunLeg['outcome'] {
  try {
    const asked = readOrder({ ...leg, type: 'market', timeInForce: 'day' })
    const submission = { ...asked, accountId, clientOrderId, source: 'rebalancing' }
    return { orderId: acceptOrder(desk, submission, 'rebalancing').id }
  } catch (error) {
    if (!(error instanceof OrderRejected)) throw error
    return { skipped: 'ORDER_REFUSED', details: error.code.replaceAll('_', ' ') }
  }
}

/** By shares, so that the sale works out at whatever price there is: the same part of them as of their value. */
function quantityToSell(
  { isEverything, notionalMinor, symbol }: PlannedTrade,
  held: Holding | undefined,
  valueMinor: UsdMinor | undefined,
): string {
  assert(held !== undefined && valueMinor !== undefined, `${symbol} is sold but not held`)
  if (isEverything) return formatQuantity(held.availableNano)
  return formatQuantity(((held.availableNano * notionalMinor) / valueMinor) as QuantityNano)
}
