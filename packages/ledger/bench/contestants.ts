import type { Db } from '@paddock/service'
import { sql } from 'kysely'
import { instantArray, numberArray, textArray } from '../src/array-literal.ts'
import { type DirectTransfer, type LedgerTables, post } from '../src/index.ts'

type LedgerDatabase = Db<LedgerTables>

/** Writes one batch; measured as a whole, from the call to the durable commit. */
export type Contestant = (batch: readonly DirectTransfer[]) => Promise<void>

/** What we sell: one `post` in one transaction. */
export function ledgerPost(db: LedgerDatabase): Contestant {
  return (batch) =>
    db.transaction().execute(async (tx) => {
      await post(tx, batch)
    })
}

/** What one writes first: a transaction per transfer, statement by statement, locks in order. */
export function plainLoop(db: LedgerDatabase): Contestant {
  return async (batch) => {
    for (const transfer of batch) await oneTransfer(db, transfer)
  }
}

async function oneTransfer(db: LedgerDatabase, transfer: DirectTransfer): Promise<void> {
  const { id, type, from, to, amount, cause, at } = transfer
  await db.transaction().execute(async (tx) => {
    const accounts = await tx
      .selectFrom('ledger_accounts')
      .select(['id', 'asset', 'floor', 'posted', 'pending_out', 'version'])
      .where('id', 'in', [from, to])
      .orderBy('id')
      .forUpdate()
      .execute()
    const sender = accounts.find((account) => account.id === from)
    const receiver = accounts.find((account) => account.id === to)
    if (sender === undefined || receiver === undefined) throw new Error('account not found')
    if (sender.posted - sender.pending_out - amount < (sender.floor ?? 0n)) throw new Error('no money')
    await tx
      .insertInto('ledger_transfers')
      .values({
        id,
        type,
        from_account: from,
        to_account: to,
        asset: sender.asset,
        amount,
        cause_kind: cause.kind,
        cause_id: cause.id,
        step: cause.step,
        at,
      })
      .execute()
    for (const [account, change] of [
      [sender, -amount],
      [receiver, amount],
    ] as const) {
      const balance = account.posted + change
      const version = account.version + 1n
      await tx
        .insertInto('ledger_entries')
        .values({
          account_id: account.id,
          version,
          transfer_id: id,
          amount: change,
          balance_after: balance,
          at,
        })
        .execute()
      await tx
        .updateTable('ledger_accounts')
        .set({ posted: balance, version })
        .where('id', '=', account.id)
        .execute()
    }
  })
}

/**
 * The ceiling: the same rows into the same tables with the same indexes, in one autocommitted statement,
 * with no lock, no look-up, no rule and no balance kept. Versions come from memory, so it is no ledger.
 */
export function rawInsert(db: LedgerDatabase): Contestant {
  const versions = new Map<string, bigint>()
  const nextVersion = (account: string) => {
    const version = (versions.get(account) ?? 0n) + 1n
    versions.set(account, version)
    return version
  }
  return async (batch) => {
    const entries = batch.flatMap(({ id, from, to, amount, at }) => [
      { account: from, version: nextVersion(from), id, amount: -amount, at },
      { account: to, version: nextVersion(to), id, amount, at },
    ])
    await sql`
      with transfers as (
        insert into ledger_transfers
          (id, type, from_account, to_account, asset, amount, cause_kind, cause_id, step, at)
        select * from unnest(
          ${textArray(batch.map(({ id }) => id))}::text[],
          ${textArray(batch.map(({ type }) => type))}::text[],
          ${textArray(batch.map(({ from }) => from))}::text[],
          ${textArray(batch.map(({ to }) => to))}::text[],
          ${textArray(batch.map(() => 'USD'))}::text[],
          ${numberArray(batch.map(({ amount }) => amount))}::numeric[],
          ${textArray(batch.map(({ cause }) => cause.kind))}::text[],
          ${textArray(batch.map(({ cause }) => cause.id))}::text[],
          ${textArray(batch.map(({ cause }) => cause.step))}::text[],
          ${instantArray(batch.map(({ at }) => at))}::timestamptz[]
        )
      )
      insert into ledger_entries (account_id, version, transfer_id, amount, balance_after, at)
      select * from unnest(
        ${textArray(entries.map(({ account }) => account))}::text[],
        ${numberArray(entries.map(({ version }) => version))}::bigint[],
        ${textArray(entries.map(({ id }) => id))}::text[],
        ${numberArray(entries.map(({ amount }) => amount))}::numeric[],
        ${numberArray(entries.map(({ amount }) => 1_000_000_000_000n + amount))}::numeric[],
        ${instantArray(entries.map(({ at }) => at))}::timestamptz[]
      )`.execute(db)
  }
}
