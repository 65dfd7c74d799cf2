import { freshDatabase } from '@paddock/pg-test'
import { type Db, openDatabase } from '@paddock/service'
import {
  type DirectTransfer,
  type LedgerTables,
  ledgerAccountId,
  ledgerMigrations,
  openAccounts,
  type PostedTransfer,
  post,
  type Transfer,
} from '../src/index.ts'

export const alice = ledgerAccountId('alice', 'cash', 'USD')
export const bob = ledgerAccountId('bob', 'cash', 'USD')
export const aliceSpy = ledgerAccountId('alice', 'shares', 'SPY')
export const firm = ledgerAccountId('firm', 'street', 'USD')
export const firmSpy = ledgerAccountId('firm', 'street', 'SPY')

export const noon = Temporal.Instant.from('2026-11-24T12:00:00Z')

export interface Books extends AsyncDisposable {
  db: Db<LedgerTables>
  /** The owner of the tables, who may do what the ledger may not. */
  owner: Db<LedgerTables>
  post(...transfers: Transfer[]): Promise<PostedTransfer[]>
  fund(account: string, amount: bigint): Promise<void>
}

/** A fresh ledger: alice and bob must stay at or above zero, the firm need not. */
export async function freshBooks(): Promise<Books> {
  const database = await freshDatabase({
    schema: 'ledger',
    sources: [{ name: 'ledger', folder: ledgerMigrations }],
  })
  const db = openDatabase<LedgerTables>({ url: database.url, schema: database.schema })
  const owner = openDatabase<LedgerTables>({
    url: database.ownerUrl,
    schema: database.schema,
    maxConnections: 2,
  })
  const books: Books = {
    db,
    owner,
    post: (...transfers) => db.transaction().execute((tx) => post(tx, transfers)),
    async fund(account, amount) {
      await books.post(move({ id: `fund-${account}`, from: firm, to: account, amount }))
    },
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await owner.destroy()
      await database[Symbol.asyncDispose]()
    },
  }
  await db.transaction().execute((tx) =>
    openAccounts(
      tx,
      [alice, bob, aliceSpy, firm, firmSpy].map((id) => {
        const [owner = '', kind = '', asset = ''] = id.split(':')
        return { id, owner, kind, asset, floor: owner === 'firm' ? null : 0n }
      }),
    ),
  )
  return books
}

export function causeOf(id: string, step = 'move') {
  return { kind: 'test', id, step }
}

type Move = { id: string; from: string; to: string; amount: bigint; at?: Temporal.Instant }

export function move({ id, from, to, amount, at = noon }: Move): DirectTransfer {
  return { type: 'post', id, from, to, amount, cause: causeOf(id), at }
}

export function hold({ id, from, to, amount, at = noon }: Move): DirectTransfer {
  return { type: 'pend', id, from, to, amount, cause: causeOf(id), at }
}

export function settle(id: string, pendingId: string, amount?: bigint): Transfer {
  return { type: 'post_pending', id, pendingId, amount, cause: causeOf(id), at: noon }
}

export function release(id: string, pendingId: string): Transfer {
  return { type: 'void_pending', id, pendingId, cause: causeOf(id), at: noon }
}
