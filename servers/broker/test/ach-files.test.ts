import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { defaultTimetable } from '../src/origination/timetable.ts'
import { achWorld } from './ach-world.ts'
import { NUMBERS } from './broker-world.ts'
import { booksAreRight } from './funding-facts.ts'

test('any set of transfers makes one valid file whose totals are what the ledger has set aside', {
  timeout: 180_000,
}, async () => {
  await using world = await achWorld()
  const wish = fc.record({
    name: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((text) => /\p{L}/u.test(text) && !/\p{Cc}/u.test(text)),
    number: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,15}[A-Za-z1-9]$/),
    type: fc.constantFrom('CHECKING', 'SAVINGS'),
    amountMinor: fc.integer({ min: 1, max: 40_000_00 }),
    isDeposit: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 6 }), async (wishes) => {
      for (const { name, number, type, amountMinor, isDeposit } of wishes) {
        const id = await world.activeAccount()
        const bank = await world.must(
          world.call('POST', `/v1/accounts/${id}/ach_relationships`, {
            ...NUMBERS,
            account_owner_name: name,
            bank_account_number: number,
            bank_account_type: type,
          }),
        )
        await world.advance({ seconds: 2 })
        const amount = `${Math.floor(amountMinor / 100)}.${String(amountMinor % 100).padStart(2, '0')}`
        const account = { id, relationshipId: bank.id as string }
        if (isDeposit) await world.must(world.transfer(account, amount))
        else {
          const { id: first } = await world.must(world.transfer(account, amount))
          await world.must(world.call('POST', `/_sim/transfers/${first}/settle`, {}))
          await sql`update transfers set withdrawable_on = settles_on, created_at = created_at - interval '90 days' where id = ${first}`.execute(
            world.db,
          )
          await world.must(world.transfer(account, amount, 'OUTGOING'))
        }
      }
      const { rows } = await sql<{ debits: bigint; credits: bigint; cutoff: string }>`
        select coalesce(sum(amount_minor) filter (where direction = 'INCOMING'), 0) as debits,
          coalesce(sum(amount_minor) filter (where direction = 'OUTGOING'), 0) as credits, max(cutoff_at)::text as cutoff
        from transfers where status = 'QUEUED'`.execute(world.db)
      const [pending] = rows
      const before = (await world.sent()).length
      const [row] = await world.db
        .selectFrom('transfers')
        .select('cutoff_at')
        .where('status', '=', 'QUEUED')
        .limit(1)
        .execute()
      await world.advance({ to: row?.cutoff_at?.toString() })
      const files = await world.sent()
      expect(files.length).toBe(before + 1)
      const [file] = await world.ops('files')
      expect([file.debits, file.credits]).toEqual([dollars(pending?.debits), dollars(pending?.credits)])
      await booksAreRight(world)
    }),
    { numRuns: 4 },
  )
})

function dollars(minor = 0n): string {
  const text = `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`
  return text.replace(/\.?0+$/, (zeros) => (zeros.includes('.') ? '' : text.includes('.') ? '' : zeros))
}

test('same-day entries leave with the windows of the day, and what is above the limit goes the standard way', async () => {
  await using world = await achWorld({
    ach: {
      folder: '',
      fileKeys: [],
      sameDay: 'withdrawals',
      timetables: [{ ...defaultTimetable, sameDayLimitMinor: 100_00n as never }],
    },
  })
  const alice = await world.seasonedAccount('500')
  // Monday 30 November, noon.
  const { body: small } = await world.transfer(alice, '100', 'OUTGOING')
  const { body: large } = await world.transfer(alice, '100.01', 'OUTGOING')
  expect(small).toMatchObject({ cutoff_at: '2026-11-30T19:00:00Z', settles_on: '2026-11-30' })
  expect(large).toMatchObject({ cutoff_at: '2026-11-30T19:00:00Z', settles_on: '2026-12-01' })
  await world.advance({ to: '2026-11-30T19:00:00Z' })
  const [{ id }] = await world.ops('files')
  const { contents, lines } = await world.ops(`files/${id}`)
  expect(contents).toMatchObject([
    { speed: 'SAME_DAY', effective_on: '2026-11-30', credits: '100' },
    { speed: 'STANDARD', effective_on: '2026-12-01', credits: '100.01' },
  ])
  expect(lines[contents[0].line - 1]).toContain('SD1400261130')
  await world.advance({ to: '2026-11-30T22:00:00Z' })
  expect(await world.transferOf(alice.id, small.id)).toMatchObject({ status: 'COMPLETE' })
  expect(await world.transferOf(alice.id, large.id)).toMatchObject({ status: 'SENT_TO_CLEARING' })
})

test('numbers of which no entry can be made reject their own transfer, not the file of the others', async () => {
  await using world = await achWorld()
  const good = await world.linkedAccount()
  const bad = await world.linkedAccount()
  await world.transfer(good, '10')
  await world.transfer(bad, '20')
  const id = await world.activeAccount()
  const bank = await world.must(
    world.call('POST', `/v1/accounts/${id}/ach_relationships`, {
      ...NUMBERS,
      bank_account_number: '000000000',
    }),
  )
  await world.advance({ seconds: 2 })
  await world.transfer({ id, relationshipId: bank.id }, '30')
  await world.advance({ to: '2026-11-20T19:00:00Z' })
  expect((await world.entries()).map(({ amountMinor }) => amountMinor).sort()).toEqual([10_00n, 20_00n])
  expect(await world.transfers(id)).toMatchObject([
    { status: 'REJECTED', reason: 'the account number does not fit an ACH entry' },
  ])
  await booksAreRight(world)
})

test('account numbers can be read neither in the database nor in the drop', async () => {
  await using world = await achWorld()
  const alice = await world.linkedAccount()
  const { body } = await world.transfer(alice, '10')
  await world.advance({ to: body.cutoff_at })
  await world.answer({
    individualId: await world.referenceOf(body.id),
    code: 'C01',
    correctedData: '0099887766'.padEnd(29),
  })
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'broker'`.execute(world.db)
  for (const { name } of tables) {
    const { rows } = await sql<{ found: bigint }>`
      select count(*) as found from ${sql.table(name)} as t
      where t::text like '%123456789abc%' or t::text like '%0099887766%'
        or t::text like ${`%${Buffer.from('123456789abc').toString('hex')}%`}`.execute(world.db)
    expect([name, rows[0]?.found]).toEqual([name, 0n])
  }
})

test('records of ACH are told to be let go after seven years, and none earlier', async () => {
  await using world = await achWorld()
  const alice = await world.linkedAccount()
  const { body } = await world.transfer(alice, '10')
  await world.advance({ to: body.cutoff_at })
  const mayGo = async () => (await world.ops('retention')).map((one: { may_go: number }) => one.may_go)
  const age = (interval: string) =>
    sql`update ach_files set sealed_at = ${body.cutoff_at}::timestamptz - ${interval}::interval`.execute(
      world.db,
    )
  expect(await mayGo()).toEqual([0, 0, 0, 0, 0])
  await age('7 years -1 day')
  expect(await mayGo()).toEqual([0, 0, 0, 0, 0])
  await age('7 years 1 day')
  expect(await mayGo()).toEqual([1, 0, 0, 0, 0])
  await world.advance({ days: 1 })
  expect((await world.alarms()).map(({ kind }: { kind: string }) => kind)).toContain('ach_retention')
})
