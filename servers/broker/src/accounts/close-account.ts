import { trimmedUsd } from '@paddock/money'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { FIRM_ACCOUNT_ID } from '../firm/firm-account.ts'
import { openStatuses } from '../orders/order.ts'
import { hasOpenTransfers } from '../transfers/transfer-store.ts'
import { type AccountId, AccountRejected } from './account.ts'
import { lockAccount } from './account-store.ts'
import { changeStatus } from './change-status.ts'
import { mayBecome } from './status-graph.ts'

/**
 * Ends an account from which everything has left. Its records stay, and its e-mail stays taken. Under the account's
 * lock, so that no order and no deposit slips in. Closing what is closed changes nothing.
 */
export async function closeAccount(ctx: BrokerContext, accountId: AccountId): Promise<void> {
  await transact(ctx, async (tx) => {
    const account = await lockAccount(tx, accountId)
    const { status } = account
    if (status === 'ACCOUNT_CLOSED') return
    if (accountId === FIRM_ACCOUNT_ID || !mayBecome('status', status, 'ACCOUNT_CLOSED')) {
      throw new AccountRejected('account_not_closable', { status })
    }
    await refuseWhileInUse(tx, accountId)
    await changeStatus(tx, account, { side: 'status', to: 'ACCOUNT_CLOSED' }, ctx.clock.now())
  })
}

async function refuseWhileInUse(tx: Tx, accountId: AccountId): Promise<void> {
  const books = await tx
    .selectFrom('ledger_accounts')
    .select(['kind', 'asset', 'posted', 'pending_in', 'pending_out'])
    .where('owner', '=', accountId)
    .orderBy('id')
    .execute()
  const held = books.filter(({ kind, posted }) => kind === 'shares' && posted !== 0n)
  if (held.length > 0) {
    throw new AccountRejected('positions_open', {
      symbols: held.map(({ asset }) => asset),
    })
  }
  if (await hasOpenOrders(tx, accountId)) throw new AccountRejected('orders_open')
  const isMoving = books.some((book) => book.pending_in !== 0n || book.pending_out !== 0n)
  if (isMoving || (await hasOpenTransfers(tx, accountId))) throw new AccountRejected('transfers_pending')
  // Advances and what is left to pay of them keep an account open as its own cash does.
  const left = books.find(({ kind, posted }) => ['cash', 'debit', 'memo'].includes(kind) && posted !== 0n)
  if (left !== undefined) throw new AccountRejected('cash_left', { cash: trimmedUsd(left.posted) })
}

async function hasOpenOrders(tx: Tx, accountId: AccountId): Promise<boolean> {
  const row = await tx
    .selectFrom('orders')
    .select('id')
    .where('account_id', '=', accountId)
    .where('status', 'in', [...openStatuses])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
