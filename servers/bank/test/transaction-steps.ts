import { isAxiosError } from 'axios'
import type { PlaidApi, Transaction } from 'plaid'
import { Products } from 'plaid'
import type { TestBank } from './bank-with.ts'

/** Links a sandbox user with transactions; they are ready once `seconds` have passed. */
export async function linkUser(
  bank: TestBank,
  { username = 'user_good', password = 'pass_good', seconds = 10, products = [Products.Transactions] } = {},
): Promise<string> {
  const { data: made } = await bank.client.sandboxPublicTokenCreate({
    institution_id: 'ins_109508',
    initial_products: products,
    options: { override_username: username, override_password: password },
  })
  const { data } = await bank.client.itemPublicTokenExchange({ public_token: made.public_token })
  bank.clock.moveTo(bank.clock.now().add({ seconds }))
  return data.access_token
}

export interface Copy {
  cursor: string
  rows: Map<string, Transaction>
}

export const emptyCopy = (): Copy => ({ cursor: '', rows: new Map() })

/** What a good client does: all pages from its cursor, then the changes, then the new cursor. */
export async function syncAll(
  client: PlaidApi,
  access_token: string,
  copy: Copy = emptyCopy(),
  count = 500,
): Promise<Copy> {
  const rows = new Map(copy.rows)
  const removed: string[] = []
  let cursor = copy.cursor
  for (;;) {
    const { data } = await client.transactionsSync({ access_token, cursor, count })
    for (const one of [...data.added, ...data.modified]) rows.set(one.transaction_id, one)
    removed.push(...data.removed.map(({ transaction_id }) => transaction_id))
    cursor = data.next_cursor
    if (!data.has_more) break
  }
  for (const id of removed) rows.delete(id)
  return { cursor, rows }
}

/** What the bank has by its other door. */
export async function listAll(client: PlaidApi, access_token: string): Promise<Transaction[]> {
  const all: Transaction[] = []
  for (;;) {
    const { data } = await client.transactionsGet({
      access_token,
      start_date: '2000-01-01',
      end_date: '2100-01-01',
      options: { count: 500, offset: all.length },
    })
    all.push(...data.transactions)
    if (data.transactions.length === 0 || all.length >= data.total_transactions) return all
  }
}

export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'answered'
  } catch (error) {
    if (isAxiosError(error)) return String(error.response?.data.error_code)
    throw error
  }
}

export const sorted = (rows: Iterable<Transaction>) =>
  [...rows].sort((a, b) => a.transaction_id.localeCompare(b.transaction_id))
