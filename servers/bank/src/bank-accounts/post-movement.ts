import { assert } from '@paddock/kernel'
import type { Tx } from '../db/database.ts'
import type { Movement, MovementLine } from './bank-account.ts'

/** PostgreSQL takes 65,535 parameters in one statement; an entry has six. */
const ENTRIES_AT_ONCE = 5_000

interface Running {
  balance: bigint
  available: bigint | null
  count: bigint
  currency: string
}

/**
 * Moves money in the bank's books, once for each key; answers whether it did. The lines add up to zero,
 * or the movement is refused as a bug.
 */
export async function postMovement(tx: Tx, movement: Movement): Promise<boolean> {
  const { key, kind, description, at, lines } = movement
  const inserted = await tx
    .insertInto('bank_movements')
    .values({ key, kind, description, at })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted === undefined) return false
  const accounts = await lock(tx, lines)
  refuseUnbalanced(lines, accounts)
  const entries = lines.map((line) => enter(accounts, line, inserted.id))
  for (let from = 0; from < entries.length; from += ENTRIES_AT_ONCE) {
    await tx
      .insertInto('bank_entries')
      .values(entries.slice(from, from + ENTRIES_AT_ONCE))
      .execute()
  }
  for (const [id, { balance, available, count }] of accounts) {
    await tx
      .updateTable('bank_accounts')
      .set({ balance_minor: balance, available_minor: available, entry_count: count })
      .where('id', '=', id)
      .execute()
  }
  return true
}

/** The accounts of the lines, locked in one order, so that two movements never wait for each other. */
async function lock(tx: Tx, lines: readonly MovementLine[]): Promise<Map<string, Running>> {
  const ids = [...new Set(lines.map(({ accountId }) => accountId))]
  const rows = await tx
    .selectFrom('bank_accounts')
    .select(['id', 'balance_minor', 'available_minor', 'entry_count', 'currency'])
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()
  assert(rows.length === ids.length, 'a movement is between accounts that exist')
  return new Map(
    rows.map((row) => [
      row.id,
      {
        balance: row.balance_minor,
        available: row.available_minor,
        count: row.entry_count,
        currency: row.currency,
      },
    ]),
  )
}

function refuseUnbalanced(lines: readonly MovementLine[], accounts: ReadonlyMap<string, Running>): void {
  const currencies = new Set([...accounts.values()].map(({ currency }) => currency))
  assert(currencies.size <= 1, 'a movement is in one currency')
  const total = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  assert(total === 0n, 'the lines of a movement add up to zero')
}

function enter(accounts: Map<string, Running>, line: MovementLine, movementId: bigint) {
  const account = accounts.get(line.accountId)
  assert(account !== undefined)
  account.balance += line.amountMinor
  if (account.available !== null) account.available += line.amountMinor
  account.count += 1n
  return {
    account_id: line.accountId,
    seq: account.count,
    movement_id: movementId,
    amount_minor: line.amountMinor,
    balance_minor: account.balance,
    reference: line.reference ?? null,
  }
}

/** Locks accounts in the order in which movements do. */
export async function lockAccounts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .selectFrom('bank_accounts')
    .select('id')
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** Makes less of an account available without moving money, or more again; where banks do not tell it, nothing. */
export async function holdAvailable(tx: Tx, id: string, changeMinor: bigint): Promise<void> {
  await tx
    .updateTable('bank_accounts')
    .set((row) => ({ available_minor: row('available_minor', '+', changeMinor) }))
    .where('id', '=', id)
    .where('available_minor', 'is not', null)
    .execute()
}
