import { expect, test } from 'vitest'
import { type AchWorld, achWorld } from './ach-world.ts'
import { NUMBERS } from './broker-world.ts'
import { booksAreRight } from './funding-facts.ts'

async function linkByHand(world: AchWorld) {
  const id = await world.activeAccount()
  const relationship = await world.must(world.call('POST', `/v1/accounts/${id}/ach_relationships`, NUMBERS))
  await world.advance({ seconds: 5 })
  return { id, relationshipId: relationship.id as string }
}

const statusOf = async (world: AchWorld, id: string) => {
  const all = await world.must(
    world.call('GET', `/v1/accounts/${id}/ach_relationships?statuses=QUEUED,PENDING,APPROVED,REJECTED`),
  )
  return all[0]?.status
}

const confirm = (world: AchWorld, relationshipId: string, amounts: string[]) =>
  world.call('POST', `/_ops/ach_relationships/${relationshipId}/confirm`, { amounts })

const cents = (minor: bigint) => `0.${String(minor).padStart(2, '0')}`

async function microDeposits(world: AchWorld) {
  const entries = await world.entries()
  return entries
    .filter(
      ({ entryDescription, direction }) => entryDescription.trim() === 'ACCTVERIFY' && direction === 'credit',
    )
    .map(({ amountMinor }) => amountMinor)
}

test('two small credits and the debit that takes them back prove a bank account whose numbers were typed', async () => {
  await using world = await achWorld({ ach: { folder: '', fileKeys: [], proof: 'micro_deposits' } })
  const bob = await linkByHand(world)
  expect(await statusOf(world, bob.id)).toBe('PENDING')
  expect((await confirm(world, bob.relationshipId, ['0.01', '0.02'])).status).toBe(422)
  await world.advance({ to: '2026-11-20T19:00:00Z' })
  const entries = await world.entries()
  expect(entries.map(({ transactionCode }) => transactionCode).sort()).toEqual(['22', '22', '27'])
  const [first = 0n, second = 0n] = await microDeposits(world)
  expect(entries.find(({ direction }) => direction === 'debit')?.amountMinor).toBe(first + second)
  expect(first > 0n && first < 100n && second > 0n && second < 100n).toBe(true)
  // The amounts are nowhere to be read but in the file itself.
  const rows = JSON.stringify(await world.db.selectFrom('ach_verifications').selectAll().execute())
  expect(rows).not.toContain(`${first} ${second}`)

  // Too early: they have not settled.
  expect((await confirm(world, bob.relationshipId, [cents(first), cents(second)])).status).toBe(422)
  await world.advance({ days: 4 })
  const wrong = first === 99n ? '0.01' : cents(first + 1n)
  expect((await confirm(world, bob.relationshipId, [wrong, cents(second)])).body).toMatchObject({
    state: 'SENT',
    tries: 1,
  })
  expect((await world.transfer(bob, '10')).body.status).toBe('QUEUED')
  expect((await confirm(world, bob.relationshipId, [cents(second), cents(first)])).body).toMatchObject({
    state: 'VERIFIED',
  })
  expect(await statusOf(world, bob.id)).toBe('APPROVED')
  await world.advance({ days: 5 })
  expect(await world.transfers(bob.id)).toMatchObject([{ status: 'COMPLETE' }])
  await booksAreRight(world)
})

test('three wrong answers end it, and so does a micro-deposit that comes back', async () => {
  await using world = await achWorld({ ach: { folder: '', fileKeys: [], proof: 'micro_deposits' } })
  const bob = await linkByHand(world)
  const carol = await linkByHand(world)
  await world.advance({ days: 4 })
  for (const state of ['SENT', 'SENT', 'LOCKED']) {
    expect((await confirm(world, bob.relationshipId, ['0.00', '0.00'])).body).toMatchObject({ state })
  }
  expect((await confirm(world, bob.relationshipId, ['0.01', '0.01'])).status).toBe(422)
  expect(await statusOf(world, bob.id)).toBe('REJECTED')

  const row = await world.db
    .selectFrom('ach_entries')
    .select('individual_id')
    .where('account_id', '=', carol.id)
    .where('purpose', '=', 'MICRO_DEBIT')
    .executeTakeFirstOrThrow()
  await world.answer({ individualId: row.individual_id, code: 'R03' })
  expect(await statusOf(world, carol.id)).toBe('REJECTED')
  await booksAreRight(world)
})

test('a prenote that nobody answers proves the account on the third banking day; one that comes back does not', async () => {
  await using world = await achWorld({ ach: { folder: '', fileKeys: [], proof: 'prenote' } })
  const bob = await linkByHand(world)
  const carol = await linkByHand(world)
  await world.advance({ to: '2026-11-20T19:00:00Z' })
  const entries = await world.entries()
  expect(entries.map(({ transactionCode, amountMinor }) => [transactionCode, amountMinor])).toEqual([
    ['28', 0n],
    ['28', 0n],
  ])
  const [mine] = await world.db
    .selectFrom('ach_entries')
    .select('individual_id')
    .where('account_id', '=', carol.id)
    .execute()
  await world.answer({ individualId: mine?.individual_id ?? '', code: 'R04' })
  expect(await statusOf(world, carol.id)).toBe('REJECTED')
  // Settled on Monday 23 November; the third banking day after it is Friday, because Thursday is a holiday.
  await world.advance({ to: '2026-11-27T13:59:59Z' })
  expect(await statusOf(world, bob.id)).toBe('PENDING')
  await world.advance({ seconds: 1 })
  expect(await statusOf(world, bob.id)).toBe('APPROVED')
  await booksAreRight(world)
})
