import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LedgerDb, ledgerChecks } from '../src/index.ts'
import {
  alice,
  aliceSpy,
  type Books,
  bob,
  firm,
  firmSpy,
  freshBooks,
  hold,
  move,
  release,
  settle,
} from './books.ts'

let books: Books

/** Books with something of every kind in them, in which every check must be content. */
beforeAll(async () => {
  books = await freshBooks()
  await books.post(
    move({ id: 'deposit', from: firm, to: alice, amount: 500n }),
    move({ id: 'gift', from: alice, to: bob, amount: 100n }),
    hold({ id: 'order', from: alice, to: firm, amount: 150n }),
  )
  await books.post(
    settle('fill', 'order', 120n),
    move({ id: 'shares', from: firmSpy, to: aliceSpy, amount: 3n }),
    hold({ id: 'second-order', from: alice, to: firm, amount: 50n }),
    release('cancel', 'second-order'),
    hold({ id: 'open-order', from: alice, to: firm, amount: 70n }),
    move({ id: 'gift-two', from: alice, to: bob, amount: 20n }),
  )
})
afterAll(async () => {
  await books[Symbol.asyncDispose]()
})

async function flagged(db: LedgerDb): Promise<string[]> {
  const found: string[] = []
  for (const check of ledgerChecks) {
    const violations = await check.run(db)
    for (const violation of violations) expect(violation).toMatch(/\w+ .*\w/)
    if (violations.length > 0) found.push(check.id)
  }
  return found
}

test('sound books keep every promise', async () => {
  expect(await flagged(books.db)).toEqual([])
})

test('the checks run in one read-only transaction', async () => {
  const reading = books.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  await reading.execute(async (tx) => {
    for (const check of ledgerChecks) expect(await check.run(tx)).toEqual([])
  })
})

const faults: { flags: string[]; fault: string; by: RawBuilder<unknown>[] }[] = [
  {
    flags: ['I1'],
    fault: 'an entry is hung on another transfer',
    by: [
      sql`update ledger_entries set transfer_id = 'gift-two' where transfer_id = 'gift' and account_id = ${bob}`,
    ],
  },
  {
    flags: ['I1'],
    fault: 'a transfer says another amount than its entries',
    by: [sql`update ledger_transfers set amount = amount + 1 where id = 'gift'`],
  },
  {
    flags: ['I1'],
    fault: 'an entry happened at another time than its transfer',
    by: [
      sql`update ledger_entries set at = at + interval '1 s' where transfer_id = 'gift' and account_id = ${bob}`,
    ],
  },
  {
    flags: ['I1'],
    fault: 'a transfer is gone and its entries are left',
    by: [sql`delete from ledger_transfers where id = 'gift'`],
  },
  {
    // The sum of the world follows from I1 and I3: who breaks it has broken one of them as well.
    flags: ['I2', 'I3'],
    fault: 'money appears on one account',
    by: [sql`update ledger_accounts set posted = posted + 1 where id = ${bob}`],
  },
  {
    flags: ['I3'],
    fault: 'money wanders between two balances without a transfer',
    by: [
      sql`update ledger_accounts set posted = posted + case id when ${bob} then 1 else -1 end
        where id in (${bob}, ${firm})`,
    ],
  },
  {
    flags: ['I4'],
    fault: 'a running balance in the middle is wrong',
    by: [
      sql`update ledger_entries set balance_after = balance_after + 1 where account_id = ${alice} and version = 2`,
    ],
  },
  {
    flags: ['I4'],
    fault: 'a version is left out',
    by: [sql`update ledger_entries set version = 9 where account_id = ${bob} and version = 2`],
  },
  {
    flags: ['I4'],
    fault: 'an account forgets how many entries it has',
    by: [sql`update ledger_accounts set version = version + 1 where id = ${bob}`],
  },
  {
    flags: ['I5'],
    fault: 'an account is below a floor that it never met',
    by: [
      sql`alter table ledger_accounts drop constraint ledger_accounts_floor_check`,
      sql`update ledger_accounts set floor = posted + 1 where id = ${bob}`,
    ],
  },
  {
    flags: ['I5'],
    fault: 'an account was below its floor for a while',
    by: [sql`update ledger_accounts set floor = posted where id = ${bob}`],
  },
  {
    flags: ['I6'],
    fault: "the ledger's role may change entries",
    by: [sql`grant update on ledger_entries to paddock_ledger`],
  },
  {
    flags: ['I6'],
    fault: 'everybody may truncate transfers',
    by: [sql`grant truncate on ledger_transfers to public`],
  },
  {
    flags: ['I6'],
    fault: 'one column of the entries may be changed',
    by: [sql`grant update (balance_after) on ledger_entries to paddock_ledger`],
  },
  {
    flags: ['I6'],
    fault: 'a pend was voided twice',
    by: [
      sql`drop index ledger_transfers_pending_key`,
      sql`insert into ledger_transfers
          (id, type, pending_id, from_account, to_account, asset, amount, cause_kind, cause_id, step, at)
        select 'again', type, pending_id, from_account, to_account, asset, amount, cause_kind, cause_id, 'again', at
        from ledger_transfers where id = 'cancel'`,
    ],
  },
  {
    flags: ['I7'],
    fault: 'a transfer id was used twice',
    by: [
      sql`alter table ledger_transfers drop constraint ledger_transfers_pkey`,
      sql`insert into ledger_transfers
          (id, type, from_account, to_account, asset, amount, cause_kind, cause_id, step, at)
        select id, type, from_account, to_account, asset, amount, cause_kind, cause_id, 'again', at
        from ledger_transfers where id = 'second-order'`,
    ],
  },
  {
    flags: ['I9'],
    fault: 'a transfer changes its asset',
    by: [sql`update ledger_transfers set asset = 'SPY' where id = 'gift'`],
  },
  {
    flags: ['I10'],
    fault: 'a float enters the schema',
    by: [sql`create table measurements (price double precision)`],
  },
  {
    flags: ['I10'],
    fault: 'an amount may have a fraction',
    by: [sql`alter table ledger_entries alter column amount type numeric(38, 2)`],
  },
  {
    flags: ['I11'],
    fault: 'a hold is lost',
    by: [sql`update ledger_accounts set pending_out = pending_out - 1 where id = ${alice}`],
  },
  {
    flags: ['I11'],
    fault: 'money is expected that nobody sends',
    by: [sql`update ledger_accounts set pending_in = pending_in + 1 where id = ${bob}`],
  },
  {
    flags: ['I11'],
    fault: 'a hold stays after its end',
    by: [sql`delete from ledger_transfers where id = 'cancel'`],
  },
]

test.for(faults)('$flags: $fault', async ({ flags, by }) => {
  // The fault and its discovery are one transaction, so that the next fault finds sound books again.
  const tx = await books.owner.startTransaction().execute()
  try {
    for (const step of by) await step.execute(tx)
    expect(await flagged(tx)).toEqual(flags)
  } finally {
    await tx.rollback().execute()
  }
})

test('every check has a planted fault', () => {
  const planted = new Set(faults.flatMap(({ flags }) => flags))
  expect([...planted].sort()).toEqual(ledgerChecks.map(({ id }) => id).sort())
})

test.for([
  'update ledger_entries set amount = amount',
  'delete from ledger_entries',
  'truncate ledger_entries',
  'update ledger_transfers set amount = amount',
  'delete from ledger_transfers',
  'truncate ledger_transfers',
  'delete from ledger_accounts',
  'truncate ledger_accounts',
  'update ledger_accounts set floor = null',
  `update ledger_accounts set asset = 'EUR'`,
  `update ledger_accounts set created_at = now()`,
])('the server may not: %s', async (statement) => {
  await expect(sql.raw(statement).execute(books.db)).rejects.toMatchObject({ code: '42501' })
})

test.for([
  { wall: 'ledger_accounts_floor_check', by: sql`update ledger_accounts set posted = -1 where id = ${bob}` },
  {
    wall: 'ledger_accounts_floor_check',
    by: sql`update ledger_accounts set pending_out = 121 where id = ${bob}`,
  },
  { wall: 'ledger_accounts_pending_check', by: sql`update ledger_accounts set pending_in = -1` },
  { wall: 'ledger_accounts_id_check', by: sql`update ledger_accounts set asset = 'EUR'` },
  { wall: 'ledger_transfers_amount_check', by: sql`update ledger_transfers set amount = 0` },
  { wall: 'ledger_transfers_accounts_check', by: sql`update ledger_transfers set to_account = from_account` },
  {
    wall: 'ledger_transfers_type_check',
    by: sql`update ledger_transfers set type = 'gift' where id = 'fill'`,
  },
  { wall: 'ledger_transfers_pending_check', by: sql`update ledger_transfers set pending_id = null` },
  { wall: 'ledger_entries_amount_check', by: sql`update ledger_entries set amount = 0` },
])('$wall stops even the owner', async ({ wall, by }) => {
  await expect(by.execute(books.owner)).rejects.toMatchObject({ code: '23514', constraint: wall })
})
