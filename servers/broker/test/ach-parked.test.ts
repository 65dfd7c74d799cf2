import { expect, test } from 'vitest'
import { achWorld, dayOfYear } from './ach-world.ts'
import { booksAreRight, figures } from './funding-facts.ts'

type World = Awaited<ReturnType<typeof achWorld>>

async function sentDeposit(world: World, amount = '250') {
  const alice = await world.linkedAccount()
  const { body: deposit } = await world.transfer(alice, amount)
  await world.advance({ days: 5 })
  const individualId = await world.referenceOf(deposit.id)
  return { alice, deposit, individualId }
}

/** The return of this deposit with something in its text changed; the totals are made to agree. */
async function feed(world: World, individualId: string, change: (text: string) => string, code = 'R01') {
  const text = await world.fileWith({ individualId, code })
  await world.deliver(`RET_${crypto.randomUUID()}.ach`, change(text))
}

test.for([
  {
    what: 'an unknown trace',
    change: (text: string) => text.replaceAll('076543210000001', '076543219999999'),
    because: 'trace_unknown',
    ground: undefined,
  },
  {
    what: 'another amount',
    change: (text: string) =>
      text.replaceAll('0000025000', '0000025001').replaceAll('000000025000', '000000025001'),
    because: 'amount_differs',
    ground: 'R69',
  },
  {
    what: 'another account',
    change: (text: string) => text.replace('123456789abc', '123456789abd'),
    because: 'account_differs',
    ground: 'R69',
  },
  {
    what: 'another reference',
    change: (text: string) => text.replace('DEP000000000001', 'DEP000000000009'),
    because: 'individual_id_differs',
    ground: 'R69',
  },
  {
    what: 'another company',
    change: (text: string) => text.replaceAll('1987654321', '1987654322'),
    because: 'not_ours',
    ground: undefined,
  },
  {
    what: 'totals that do not agree',
    change: (text: string) => text.replaceAll('000000025000', '000000099900'),
    because: 'batch_out_of_balance',
    ground: undefined,
  },
])('a return with $what waits for a person and moves nothing', async ({ change, because, ground }) => {
  await using world = await achWorld()
  const { alice, individualId } = await sentDeposit(world)
  await feed(world, individualId, change)
  expect(await world.ops('parked')).toMatchObject([{ kind: 'RETURN', code: 'R01', parked_because: because }])
  expect(await figures(world, alice.id)).toMatchObject({ cash: '250' })
  const cases = await world.ops('cases')
  expect(cases.map((one: { ground: string }) => one.ground)).toEqual(ground === undefined ? [] : [ground])
  expect((await world.alarms()).some(({ kind }: { kind: string }) => kind === 'ach_parked')).toBe(true)
  await booksAreRight(world)
})

test('a person finds the entry that an unknown trace means, and the return does its work', async () => {
  await using world = await achWorld()
  const { alice, deposit, individualId } = await sentDeposit(world)
  await feed(world, individualId, (text) => text.replaceAll('076543210000001', '076543219999999'))
  const [parked] = await world.ops('parked')
  const resolve = (body: object) => world.call('POST', `/_ops/ach/parked/${parked.id}/resolve`, body)
  expect((await resolve({ action: 'apply', trace_number: '076543218888888' })).status).toBe(404)
  expect(
    await resolve({ action: 'apply', trace_number: '076543210000001', note: 'their typing' }),
  ).toMatchObject({
    status: 200,
    body: { state: 'RESOLVED', resolution: 'applied', note: 'their typing' },
  })
  expect((await resolve({ action: 'dismiss' })).status).toBe(422)
  expect(await world.transferOf(alice.id, deposit.id)).toMatchObject({ status: 'RETURNED' })
  expect(await world.ops('parked')).toEqual([])
  await booksAreRight(world)
})

test.for([
  { code: 'R01', day: '261125', late: false },
  { code: 'R01', day: '261127', late: true },
])('a return $code that settles on $day is late: $late', async ({ code, day, late }) => {
  await using world = await achWorld()
  // Settled on Monday 23 November 2026: two banking days end on the 25th.
  const { alice, deposit, individualId } = await sentDeposit(world)
  await world.answer({ individualId, code, settlementDay: dayOfYear(day) })
  const transfer = await world.transferOf(alice.id, deposit.id)
  expect(transfer.status).toBe(late ? 'COMPLETE' : 'RETURNED')
  const cases = await world.ops('cases')
  expect(cases.map(({ ground }: { ground: string }) => ground)).toEqual(late ? ['R68'] : [])
})

test('a late return is dishonored in time: uncontested it is won, and nobody pays', async () => {
  await using world = await achWorld()
  const { alice, deposit, individualId } = await sentDeposit(world)
  await world.answer({ individualId, code: 'R01', settlementDay: dayOfYear('261127') })
  const [dispute] = await world.ops('cases')
  expect(dispute).toMatchObject({ ground: 'R68', state: 'OPEN', due_on: '2026-12-04' })
  const decide = (action: string) => world.call('POST', `/_ops/ach/cases/${dispute.id}/decide`, { action })
  expect(await decide('dishonor')).toMatchObject({ status: 200, body: { state: 'DISHONORED' } })
  expect((await decide('close')).status).toBe(422)
  await world.advance({ days: 7 })
  expect(await world.ops('cases')).toMatchObject([{ state: 'CLOSED' }])
  expect(await world.ops('parked')).toEqual([])
  expect(await world.transferOf(alice.id, deposit.id)).toMatchObject({ status: 'COMPLETE' })
  await booksAreRight(world)
})

test('a dispute that nobody takes up lapses with an alarm, and what it is about still waits', async () => {
  await using world = await achWorld()
  const { individualId } = await sentDeposit(world)
  await world.answer({ individualId, code: 'R01', settlementDay: dayOfYear('261127') })
  await world.advance({ days: 12 })
  expect(await world.ops('cases')).toMatchObject([{ state: 'LAPSED' }])
  expect(await world.ops('parked')).toMatchObject([{ parked_because: 'late' }])
  expect((await world.alarms()).map(({ kind }: { kind: string }) => kind)).toContain('ach_case')
})

test.for(['not an ACH file at all', '{"kind":"acknowledgement"}', ''])(
  'a file of which nobody can make sense is kept, and told: %j',
  async (text) => {
    await using world = await achWorld()
    await world.deliver('WHAT.txt', text)
    expect(await world.ops('inbound')).toMatchObject([{ kind: 'UNREADABLE', status: 'PARKED' }])
    expect(await world.alarms()).toMatchObject([{ kind: 'ach_file_unreadable' }])
    expect(await world.drop.inbound.list()).toEqual([])
  },
)

test.for([
  { change: { debits_minor: '24999' }, because: 'totals_differ' },
  { change: { entries: 2 }, because: 'totals_differ' },
  { change: { file: 'ACH_20261120_1400_Z.ach' }, because: 'file_unknown' },
])('an acknowledgement with %j waits for a person', async ({ change, because }) => {
  await using world = await achWorld()
  await sentDeposit(world)
  const [file] = await world.sent()
  await world.acknowledge(file?.name ?? '', change)
  expect(await world.ops('parked')).toMatchObject([{ kind: 'ACKNOWLEDGEMENT', parked_because: because }])
  expect(await world.ops('files')).toMatchObject([{ status: 'SENT' }])
})
