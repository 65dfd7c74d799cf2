import { assert } from '@paddock/kernel'
import { sql } from 'kysely'
import { numberArray, textArray } from './array-literal.ts'
import type { LedgerTx } from './database.ts'
import { LedgerRejected } from './rejection.ts'

export type NewAccount = {
  /** Must be `ledgerAccountId(owner, kind, asset)`. */
  readonly id: string
  readonly owner: string
  readonly kind: string
  readonly asset: string
  /** Posted less pending-out never falls below it; null for accounts of the firm, which may. */
  readonly floor: bigint | null
}

/** The one name of an owner's account of a kind in an asset, such as `firm:street:USD`. */
export function ledgerAccountId(owner: string, kind: string, asset: string): string {
  const isNameable = isPart(owner) && isPart(kind) && isPart(asset)
  if (!isNameable) assert(false, `no ledger account can be named ${JSON.stringify([owner, kind, asset])}`)
  return `${owner}:${kind}:${asset}`
}

const isPart = (part: string): boolean => part !== '' && !part.includes(':')

/** Makes sure that the accounts exist, empty if they are new. Safe to repeat with the same content. */
export async function openAccounts(tx: LedgerTx, accounts: readonly NewAccount[]): Promise<void> {
  if (accounts.length === 0) return
  for (const { id, owner, kind, asset } of accounts) {
    assert(id === ledgerAccountId(owner, kind, asset), `ledger account ${id} is not named after its content`)
  }
  // In order of id, as every lock on accounts, so that two who open the same ones cannot block each other.
  const ordered = [...accounts].sort((a, b) => (a.id < b.id ? -1 : 1))
  const opened = sql`
    insert into ledger_accounts (id, owner, kind, asset, floor)
    select * from unnest(
      ${textArray(ordered.map(({ id }) => id))}::text[],
      ${textArray(ordered.map(({ owner }) => owner))}::text[],
      ${textArray(ordered.map(({ kind }) => kind))}::text[],
      ${textArray(ordered.map(({ asset }) => asset))}::text[],
      ${numberArray(ordered.map(({ floor }) => floor))}::numeric[]
    )
    on conflict (id) do nothing`.execute(tx)
  await Promise.all([opened, refuseOtherFloors(tx, ordered)])
}

/** Owner, kind and asset are in the id; only the floor can differ from what was opened before. */
async function refuseOtherFloors(tx: LedgerTx, accounts: readonly NewAccount[]): Promise<void> {
  const { rows } = await sql<{ id: string; floor: bigint | null }>`
    select id, floor from ledger_accounts where id = any(${textArray(accounts.map(({ id }) => id))}::text[])
  `.execute(tx)
  const floors = new Map(rows.map((row) => [row.id, row.floor]))
  for (const { id, floor } of accounts) {
    const present = floors.get(id)
    assert(present !== undefined, `ledger account ${id} was not opened`)
    if (present !== floor) throw new LedgerRejected('account_taken', { accountId: id, floor, present })
  }
}
