import { freshDatabase } from '@paddock/pg-test'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { agendaMigrations, openDatabase, pipelined } from '../src/index.ts'

/** One connection, so that whatever one statement leaves behind meets the next. */
async function oneConnection({ prepared }: { prepared: boolean }) {
  const database = await freshDatabase({ schema: 'service', sources: [agendaMigrations] })
  const db = openDatabase<Record<string, never>>({
    url: database.url,
    schema: 'service',
    maxConnections: 1,
    prepared,
  })
  const together = <Result>(work: Parameters<typeof pipelined<Record<string, never>, Result>>[1]) =>
    pipelined(db, work)
  return {
    db,
    together,
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await database[Symbol.asyncDispose]()
    },
  }
}

const put = (queue: string) =>
  sql`insert into agenda (queue, key, run_at, payload) values (${queue}, 'k', now(), '{}')`

const count = sql<{ count: bigint }>`select count(*) as count from agenda where queue <> ${''}`

for (const prepared of [false, true]) {
  const kind = prepared ? 'prepared' : 'plain'

  test(`${kind} statements that are begun together are done in the order in which they were begun`, async () => {
    await using one = await oneConnection({ prepared })
    const counts = await one.together(async (tx) => {
      const [before, , between, , after] = await Promise.all([
        count.execute(tx),
        put('a').execute(tx),
        count.execute(tx),
        put('b').execute(tx),
        count.execute(tx),
      ])
      return [before, between, after].map(({ rows }) => rows[0]?.count)
    })
    expect(counts).toEqual([0n, 1n, 2n])
  })

  test(`a commit behind ${kind} statements comes to nothing when one of them fails`, async () => {
    await using one = await oneConnection({ prepared })
    const attempt = one.together((tx, { commit }) =>
      Promise.all([put('a').execute(tx), sql`select ${1}::int / ${0}::int`.execute(tx), commit()]),
    )
    await expect(attempt).rejects.toThrow('division by zero')
    await one.together((tx, { commit }) =>
      Promise.all([put('b').execute(tx), put('c').execute(tx), commit()]),
    )
    expect((await count.execute(one.db)).rows).toEqual([{ count: 2n }])
  })

  test(`the first of some ${kind} statements that fails is told, and nothing of them stays`, async () => {
    await using one = await oneConnection({ prepared })
    const attempt = one.together((tx) =>
      Promise.all([
        put('a').execute(tx),
        sql`select ${1}::int / ${0}::int`.execute(tx),
        put('b').execute(tx),
        sql`select * from nowhere where x = ${1}`.execute(tx),
      ]),
    )
    await expect(attempt).rejects.toThrow('division by zero')
    // The connection is as good as new, also for what it had not got round to.
    await one.together((tx) => Promise.all([put('b').execute(tx), put('c').execute(tx)]))
    expect((await count.execute(one.db)).rows).toEqual([{ count: 2n }])
  })
}
