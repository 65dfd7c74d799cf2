import { newYorkInstant } from '@paddock/calendar'
import type { Transfer } from '@paddock/ledger'
import {
  formatQuantity,
  type PriceMicro,
  proceedsOfSale,
  type QuantityNano,
  trimmedUsd,
  type UsdMinor,
} from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { bookActivity } from '../activities/book-activity.ts'
import { getAsset } from '../assets/asset.ts'
import { nameBasedId } from '../assets/asset-id.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { FIRM_ISSUERS } from '../ledger-accounts.ts'
import { quoteOf } from '../market/market.ts'
import { Desk } from '../orders/desk.ts'
import { endOrder } from '../orders/end-order.ts'
import { isOpen } from '../orders/order.ts'
import { booksOf } from '../positions/books.ts'
import { takeCost } from '../positions/position-store.ts'
import { splitOpenLots } from '../positions/split-lots.ts'
import { type SplitShares, sharesAfterSplit } from './action-money.ts'
import type { CorporateAction } from './corporate-action.ts'
import { cusipOf } from './cusip.ts'
import { hasActivity, heldAtBeginOf, splitActivityId } from './holders.ts'
import { stopShareJournals } from './stop-journals.ts'

/**
 * Splits the shares that one account had when the ex date began, once, and cancels the orders of before,
 * which were meant for other shares at other prices. Cost stays what it was.
 */
export async function applySplit(
  ctx: BrokerContext,
  action: CorporateAction,
  accountId: AccountId,
): Promise<void> {
  const begin = newYorkInstant(action.exOn, new Temporal.PlainTime())
  await stopShareJournals(ctx, accountId, action.symbol, begin)
  await transact(ctx, async (tx) => {
    const pair = { accountId, symbol: action.symbol }
    const desk = await Desk.open(ctx, tx, [pair])
    const isDone = await hasActivity(tx, accountId, splitActivityId(action.id, accountId))
    const oldNano = isDone
      ? (0n as QuantityNano)
      : await heldAtBeginOf(tx, accountId, action.symbol, action.exOn)

    const shares = sharesAfterSplit(oldNano, action, getAsset(action.symbol).fractionable)
    const cashMinor = inLieu(
      shares.fractionNano,
      quoteOf(ctx.config, getAsset(action.symbol), begin).lastMicro,
    )
    const holding: Holding = { action, accountId, oldNano, ...shares, cashMinor }
    for (const { id, submittedAt } of desk.openOrders(pair)) {
      const order = desk.order(id)
      if (order === undefined || !isOpen(order)) continue
      if (Temporal.Instant.compare(submittedAt, begin) < 0)
        endOrder(desk, order, 'canceled', 'CORPORATE_ACTION')
    }
    desk.carry(transfersOf(holding, desk.now))
    await desk.flush()
    if (oldNano > 0n) await recordSplit(tx, holding, desk.now)
  })
}

interface Holding extends SplitShares {
  readonly action: CorporateAction
  readonly accountId: AccountId
  readonly oldNano: QuantityNano
  /** What is paid for the fraction. */
  readonly cashMinor: UsdMinor
}

function inLieu(fractionNano: QuantityNano, priceMicro: PriceMicro): UsdMinor {
  return fractionNano === 0n ? (0n as UsdMinor) : proceedsOfSale(fractionNano, priceMicro)
}

function transfersOf(holding: Holding, at: Temporal.Instant): Transfer[] {
  const { action, accountId, oldNano, newNano, fractionNano, cashMinor } = holding
  const { shares, streetShares, cash } = booksOf(accountId, action.symbol)
  const causeId = `${action.id}:${accountId}`
  const move = (step: string, from: string, to: string, amount: bigint): Transfer[] => {
    if (amount === 0n) return []
    const cause = { kind: 'corporate_action', id: causeId, step }
    return [{ type: 'post', id: `ca:${causeId}:${step}`, from, to, amount, cause, at }]
  }
  const split =
    newNano > oldNano
      ? move('split', streetShares, shares, newNano - oldNano)
      : move('split', shares, streetShares, oldNano - newNano)
  return [
    ...split,
    ...move('fraction', shares, streetShares, fractionNano),
    ...move('in_lieu', FIRM_ISSUERS, cash, cashMinor),
  ]
}

async function recordSplit(tx: Tx, holding: Holding, at: Temporal.Instant): Promise<void> {
  const { action, accountId, oldNano, newNano, fractionNano, cashMinor } = holding
  const id = splitActivityId(action.id, accountId)
  const pair = { accountId, symbol: action.symbol }
  await splitOpenLots(tx, pair, (newNano - oldNano) as QuantityNano)
  const line = { accountId, at, settlesOn: action.exOn, symbol: action.symbol, groupId: id }
  const details = {
    ca_id: action.id,
    corporate_action_id: action.publicId,
    cusip: cusipOf(action.symbol),
    ex_date: action.exOn.toString(),
    old_rate: formatQuantity(action.oldRateMicro * 1_000n),
    new_rate: formatQuantity(action.newRateMicro * 1_000n),
    old_qty: formatQuantity(oldNano),
    new_qty: formatQuantity(newNano),
  }
  await bookActivity(tx, {
    ...line,
    id,
    type: 'SPLIT',
    subType: action.subType === 'stock_split' ? 'FSPLIT' : 'RSPLIT',
    netAmountMinor: 0n as UsdMinor,
    quantityNano: (newNano - oldNano) as QuantityNano,
    description: `${details.new_rate} for ${details.old_rate} split`,
    details,
  })
  if (fractionNano === 0n) return
  const inLieuId = nameBasedId(`${action.id}|${accountId}|in_lieu`)
  const trade = { id: inLieuId, quantityNano: fractionNano, amountMinor: cashMinor, at }
  const { costBasisMinor } = await takeCost(tx, pair, trade)
  await bookActivity(tx, {
    ...line,
    id: inLieuId,
    type: 'CIL',
    netAmountMinor: cashMinor,
    quantityNano: -fractionNano as QuantityNano,
    description: 'cash for a fraction of a share',
    details: { ...details, cost_basis: trimmedUsd(costBasisMinor) },
  })
}
