import { expect } from 'vitest'
import { openStatuses } from '../src/orders/order.ts'
import type { TradingWorld } from './trading-world.ts'

/**
 * What is always true of the books: every asset sums to zero, so that the firm's side is what all customers
 * have; nothing stays pended for orders that are done; positions have a cost exactly while something is held.
 */
export async function booksBalance({ db }: TradingWorld): Promise<void> {
  const accounts = await db.selectFrom('ledger_accounts').selectAll().execute()
  const sums = new Map<string, bigint>()
  for (const { asset, posted, owner, pending_out } of accounts) {
    sums.set(asset, (sums.get(asset) ?? 0n) + posted)
    if (owner !== 'firm') expect(posted >= 0n && pending_out >= 0n).toBe(true)
  }
  for (const [asset, sum] of sums) expect({ asset, sum }).toEqual({ asset, sum: 0n })

  const open = await db
    .selectFrom('orders')
    .selectAll()
    .where('status', 'in', [...openStatuses])
    .execute()
  const held = open.reduce((sum, order) => sum + order.held_amount, 0n)
  expect(accounts.reduce((sum, account) => sum + account.pending_out, 0n)).toBe(held)

  const shares = new Map(
    accounts.filter(({ kind }) => kind === 'shares').map((book) => [book.id, book.posted]),
  )
  const fills = await db.selectFrom('fills').selectAll().execute()
  for (const { account_id, symbol, cost_basis_minor } of await db
    .selectFrom('positions')
    .selectAll()
    .execute()) {
    const book = `${account_id}:shares:${symbol}`
    const traded = fills
      .filter((fill) => fill.account_id === account_id && fill.symbol === symbol)
      .reduce((sum, fill) => sum + (fill.side === 'buy' ? fill.quantity_nano : -fill.quantity_nano), 0n)
    expect({ book, posted: shares.get(book) }).toEqual({ book, posted: traded })
    expect(cost_basis_minor === 0n).toBe(traded === 0n)
  }
}
