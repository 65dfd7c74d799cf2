import { newYorkDate } from '@paddock/calendar'
import { scheduleJob } from '@paddock/service'
import type { BankContext } from '../context.ts'
import { listAccounts } from '../items/account-store.ts'
import type { Item } from '../items/item.ts'
import { findItem, lockItem } from '../items/item-store.ts'
import { BankRefused } from '../refusals.ts'
import { queueItemWebhook } from '../webhooks/queue-webhook.ts'
import { tradesOf } from './portfolio.ts'

const TRADES_QUEUE = 'investment-trades'
const READY_AFTER = Temporal.Duration.from({ seconds: 5 })

interface TradesPayload {
  clientId: string
  itemId: string
}

/**
 * For a client that would rather be told than wait: the first such call begins the reading, and the calls
 * after it are refused until a webhook says that it is done (contracts/plaid/investments.md).
 */
export async function refuseUnreadTrades(ctx: BankContext, { clientId, id }: Item): Promise<void> {
  const now = ctx.clock.now()
  const askedAt = await ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, clientId, id)
    if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
    const { asked } = await tx
      .selectFrom('items')
      .select('investments_asked_at as asked')
      .where('client_id', '=', clientId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (asked !== null) return asked
    await tx
      .updateTable('items')
      .set({ investments_asked_at: now })
      .where('client_id', '=', clientId)
      .where('id', '=', id)
      .execute()
    const payload: TradesPayload = { clientId, itemId: id }
    const key = `${clientId}.${id}`
    await scheduleJob(tx, { queue: TRADES_QUEUE, key, runAt: now.add(READY_AFTER), payload })
    return now
  })
  ctx.agenda.wake()
  const readyAt = askedAt.add(READY_AFTER)
  if (Temporal.Instant.compare(now, readyAt) < 0) throw new BankRefused('product_not_ready')
}

async function tellTrades(ctx: BankContext, { clientId, itemId }: TradesPayload): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const found = await findItem(tx, clientId, itemId)
    if (found === undefined || found.removed) return
    const accounts = await listAccounts(ctx, tx, found.item)
    const today = newYorkDate(ctx.clock.now())
    const trades = accounts
      .filter(({ type }) => type === 'investment')
      .flatMap((account) => tradesOf(account, today))
    await queueItemWebhook(ctx, tx, found.item, {
      webhook_type: 'INVESTMENTS_TRANSACTIONS',
      webhook_code: 'HISTORICAL_UPDATE',
      new_investments_transactions: trades.length,
      cancelled_investments_transactions: 0,
      error: null,
    })
  })
}

export const tradesHandlers = { [TRADES_QUEUE]: tellTrades }
