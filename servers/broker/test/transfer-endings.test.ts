import { expect, test } from 'vitest'
import { brokerWorld } from './broker-world.ts'
import { booksAreRight, eventsOf, figures } from './funding-facts.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'

const amounts: readonly [amount: unknown, status: number][] = [
  ['0.01', 200],
  [1000, 200],
  ['1000', 200],
  [1000.5, 200],
  ['0', 422],
  ['0.00', 422],
  ['-1', 422],
  [-1, 422],
  [0, 422],
  ['0.001', 422],
  [10.005, 422],
  ['1e2', 422],
  [1e21, 422],
  ['Infinity', 422],
  ['NaN', 422],
  ['1,000.00', 422],
  [' 1', 422],
  ['+1', 422],
  ['0x10', 422],
  ['\u0663', 422],
  ['', 422],
  ['9'.repeat(400), 422],
  [9007199254740992, 422],
  [null, 422],
  [true, 422],
  [{}, 422],
  [[], 422],
]

test('amounts are exact dollars and cents, as text or number; everything else is refused by name', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  for (const [amount, status] of amounts) {
    const answer = await world.transfer(alice, amount)
    expect([amount, answer.status]).toEqual([amount, status])
    if (status === 422) expect(answer.body.message).toContain('amount')
  }
  expect(await world.transfers(alice.id)).toHaveLength(amounts.filter(([, status]) => status === 200).length)
})

test('an amount that no number can hold is refused as it stands in the body', async () => {
  await using world = await brokerWorld()
  const { id, relationshipId } = await world.linkedAccount()
  for (const amount of ['1e309', '-1e309', 'NaN', 'Infinity', '01', '1_000']) {
    const body = `{"transfer_type":"ach","direction":"INCOMING","relationship_id":"${relationshipId}","amount":${amount}}`
    const answer = await world.send('POST', `/v1/accounts/${id}/transfers`, body)
    expect([amount, Math.floor(answer.status / 100)]).toEqual([amount, 4])
  }
  expect(await world.transfers(id)).toEqual([])
})

const refused: readonly [change: object, message: string][] = [
  [{ transfer_type: undefined }, 'transfer_type is required'],
  [{ transfer_type: 'rtp' }, 'transfer_type must be either ach or wire'],
  [{ direction: undefined }, 'direction is required'],
  [{ direction: 'incoming' }, 'direction must be either incoming or outgoing'],
  [{ relationship_id: undefined }, 'relationship_id is required'],
  [{ relationship_id: 'mine' }, 'relationship_id'],
  [{ relationship_id: UNKNOWN }, 'invalid relationship_id'],
  [{ bank_id: UNKNOWN }, 'bank_id should be empty for ach transfer'],
  [{ transfer_type: 'wire' }, 'cannot submit incoming wire transfer using this API'],
  [{ transfer_type: 'wire', direction: 'OUTGOING' }, 'relationship_id should be empty for wire transfer'],
  [
    { transfer_type: 'wire', direction: 'OUTGOING', relationship_id: undefined },
    'bank_id required for wire transfer',
  ],
  [
    { additional_information: 'for rent' },
    'only wire transfer type can provide additional information for the transfer',
  ],
  [{ amount: undefined }, 'amount is required'],
]

test('a transfer that cannot be is refused in the words of the vendor', async () => {
  await using world = await brokerWorld()
  const { id, relationshipId } = await world.linkedAccount()
  const good = { transfer_type: 'ach', direction: 'INCOMING', relationship_id: relationshipId, amount: '1' }
  for (const [change, message] of refused) {
    const answer = await world.call('POST', `/v1/accounts/${id}/transfers`, { ...good, ...change })
    expect([change, answer.status, answer.body.code]).toEqual([change, 422, 40010001])
    expect(answer.body.message).toContain(message)
  }
  expect(await world.transfers(id)).toEqual([])
})

test('only an account in good standing moves money', async () => {
  await using world = await brokerWorld()
  const alice = await world.fundedAccount('100')
  for (const [status, direction, word] of [
    ['SUBMITTED', 'INCOMING', 'deposits'],
    ['SUBMITTED', 'OUTGOING', 'withdrawals'],
    ['ACCOUNT_UPDATED', 'OUTGOING', 'withdrawals'],
    ['ACCOUNT_CLOSED', 'INCOMING', 'deposits'],
  ] as const) {
    await world.must(world.call('POST', `/_sim/accounts/${alice.id}/status`, { status }))
    expect(await world.transfer(alice, '1', direction)).toMatchObject({
      status: 403,
      body: { code: 40310000, message: `${word} are not permitted for this account` },
    })
  }
  await world.call('POST', `/_sim/accounts/${alice.id}/status`, { status: 'ACCOUNT_UPDATED' })
  expect((await world.transfer(alice, '1')).status).toBe(200)
})

test('transfers are listed newest first, in pages, in one direction', async () => {
  await using world = await brokerWorld()
  const alice = await world.fundedAccount('100')
  for (const amount of ['1', '2', '3']) {
    await world.advance({ seconds: 1 })
    await world.transfer(alice, amount, amount === '2' ? 'OUTGOING' : 'INCOMING')
  }
  const amounts = async (query: string) =>
    (await world.call('GET', `/v1/accounts/${alice.id}/transfers?${query}`)).body.map(
      ({ amount }: { amount: string }) => amount,
    )
  expect(await amounts('')).toEqual(['3', '2', '1', '100'])
  expect(await amounts('limit=2')).toEqual(['3', '2'])
  expect(await amounts('limit=2&offset=2')).toEqual(['1', '100'])
  expect(await amounts('offset=4')).toEqual([])
  expect(await amounts('direction=OUTGOING')).toEqual(['2'])
  expect(await amounts('direction=outgoing&whatever=1')).toEqual(['2'])
  expect((await world.call('GET', `/v1/accounts/${alice.id}/transfers?limit=-1`)).status).toBe(422)
  expect((await world.call('GET', `/v1/accounts/${UNKNOWN}/transfers`)).status).toBe(401)
})

test('a repeated Idempotency-Key gets the first answer, whatever happened since', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const headers = { 'idempotency-key': 'first' }
  const first = await world.transfer(alice, '49999', 'INCOMING', headers)
  await world.call('POST', `/_sim/transfers/${first.body.id}/settle`, {})
  await world.call('POST', `/_sim/accounts/${alice.id}/status`, { status: 'DISABLED' })

  const again = await world.transfer(alice, '49999.00', 'INCOMING', headers)
  expect(again).toMatchObject({ status: 200, body: first.body })
  expect(await world.transfer(alice, '49998', 'INCOMING', headers)).toMatchObject({
    status: 422,
    body: { code: 40010001, message: expect.stringContaining('Idempotency-Key') },
  })
  expect(await world.transfers(alice.id)).toHaveLength(1)
  await booksAreRight(world)
})

test('requests with one key at the same time make one transfer and get one answer', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => world.transfer(alice, '10', 'INCOMING', { 'idempotency-key': 'k' })),
  )
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  expect(await world.transfers(alice.id)).toHaveLength(1)
})

test('an answer that got lost is had by asking again; nothing moves twice', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const body = JSON.stringify({
    transfer_type: 'ach',
    relationship_id: alice.relationshipId,
    amount: '10',
    direction: 'INCOMING',
  })
  const headers = { 'idempotency-key': 'lost' }
  const impatient = new AbortController()
  const lost = world.send('POST', `/v1/accounts/${alice.id}/transfers`, body, {
    headers,
    signal: impatient.signal,
  })
  while ((await world.db.selectFrom('transfers').select('id').execute()).length === 0) {
    await new Promise((resolve) => setImmediate(resolve))
  }
  impatient.abort()
  await lost.catch(() => undefined)
  const again = await world.send('POST', `/v1/accounts/${alice.id}/transfers`, body, { headers })
  expect(again.status).toBe(200)
  expect(await world.transfers(alice.id)).toMatchObject([{ id: again.body.id }])
  expect((await figures(world, alice.id)).in).toBe('10')
})

test('a key is its account’s own, and must be a key', async () => {
  await using world = await brokerWorld()
  const [alice, bob] = [await world.linkedAccount(), await world.linkedAccount()]
  const headers = { 'idempotency-key': 'same' }
  expect((await world.transfer(alice, '1', 'INCOMING', headers)).status).toBe(200)
  expect((await world.transfer(bob, '2', 'INCOMING', headers)).status).toBe(200)
  for (const key of ['', 'x'.repeat(129), 'a b']) {
    expect((await world.transfer(bob, '1', 'INCOMING', { 'idempotency-key': key })).status).toBe(422)
  }
})

test('a returned deposit goes back: before settlement by a void, after it through the ledger', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const { body: early } = await world.transfer(alice, '10')
  const { body: late } = await world.transfer(alice, '20')
  await world.call('POST', `/_sim/transfers/${late.id}/settle`, {})
  expect((await figures(world, alice.id)).cash).toBe('20')
  for (const { id } of [early, late]) {
    const answer = await world.call('POST', `/_sim/transfers/${id}/return`, { code: 'R01' })
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'RETURNED', reason: 'R01 insufficient funds' },
    })
    expect((await world.call('POST', `/_sim/transfers/${id}/return`, { code: 'R01' })).status).toBe(422)
    expect((await world.call('POST', `/_sim/transfers/${id}/settle`, {})).status).toBe(422)
  }
  expect(await eventsOf(world, early.id)).toEqual(['QUEUED', 'SENT_TO_CLEARING', 'RETURNED'])
  expect(await eventsOf(world, late.id)).toEqual(['QUEUED', 'SENT_TO_CLEARING', 'COMPLETE', 'RETURNED'])
  expect(await figures(world, alice.id)).toEqual({
    cash: '0',
    power: '0',
    withdrawable: '0',
    in: '0',
    out: '0',
  })
  await world.advance({ days: 5 })
  expect((await figures(world, alice.id)).cash).toBe('0')
  await booksAreRight(world)
})

test('a deposit that was spent cannot be taken back, and the refusal changes nothing', async () => {
  await using world = await brokerWorld()
  const alice = await world.fundedAccount('100')
  const [deposit] = await world.transfers(alice.id)
  await world.transfer(alice, '60', 'OUTGOING')
  expect(await world.call('POST', `/_sim/transfers/${deposit.id}/return`, { code: 'R10' })).toMatchObject({
    status: 422,
    body: { code: 40010001, available: '40.00' },
  })
  expect((await world.transfers(alice.id)).at(-1).status).toBe('COMPLETE')
  await booksAreRight(world)
})

test('a returned withdrawal brings the money home', async () => {
  await using world = await brokerWorld()
  const alice = await world.fundedAccount('100')
  const { body } = await world.transfer(alice, '60', 'OUTGOING')
  await world.advance({ days: 4 })
  expect((await figures(world, alice.id)).cash).toBe('40')
  await world.must(world.call('POST', `/_sim/transfers/${body.id}/return`, { code: 'R03' }))
  expect((await figures(world, alice.id)).cash).toBe('100')
  await booksAreRight(world)
})

test('a transfer may ask for its own ending', async () => {
  await using world = await brokerWorld()
  const { id, relationshipId } = await world.linkedAccount()
  const endings = {
    QUEUED: 'QUEUED',
    PENDING: 'PENDING',
    REJECTED: 'REJECTED',
    CANCELED: 'CANCELED',
    RETURNED: 'RETURNED',
    APPROVED: 'COMPLETE',
  }
  for (const wish of Object.keys(endings)) {
    await world.advance({ seconds: 5 })
    await world.must(
      world.call('POST', `/v1/accounts/${id}/transfers`, {
        transfer_type: 'ach',
        relationship_id: relationshipId,
        amount: '10',
        direction: 'INCOMING',
        additional_information: `/fixtures/status=${wish}/fixtures/`,
      }),
    )
  }
  await world.advance({ days: 6 })
  const statuses = (await world.transfers(id)).map(({ status }: { status: string }) => status)
  expect(statuses.reverse()).toEqual(Object.values(endings))
  expect(await figures(world, id)).toMatchObject({ cash: '10', in: '20' })
  await booksAreRight(world)
})

test('a job that runs twice changes nothing the second time', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const { body } = await world.transfer(alice, '10')
  await world.advance({ days: 5 })
  const payload = JSON.stringify({ accountId: alice.id, transferId: body.id })
  for (const queue of ['originate-transfer', 'settle-transfer']) {
    await world.db
      .insertInto('agenda')
      .values({ queue, key: `${body.id}:again`, run_at: world.clock.now(), payload })
      .execute()
  }
  const { body: moved } = await world.advance({ seconds: 1 })
  expect(moved.happened.length).toBeLessThanOrEqual(2)
  expect((await figures(world, alice.id)).cash).toBe('10')
  expect(await eventsOf(world, body.id)).toHaveLength(3)
  await booksAreRight(world)
})
