import { expect, test } from 'vitest'
import { brokerWorld } from './broker-world.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'

test('fifty thousand a day in each direction, by the day in New York', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  expect((await world.transfer(alice, '50000.01')).status).toBe(422)
  expect((await world.transfer(alice, '30000')).status).toBe(200)
  expect(await world.transfer(alice, '20000.01')).toMatchObject({
    status: 422,
    body: { code: 40010001, limit: '50000.00', remaining: '20000.00' },
  })
  const { body } = await world.transfer(alice, '20000')
  expect((await world.transfer(alice, '0.01')).status).toBe(422)
  await world.call('DELETE', `/v1/accounts/${alice.id}/transfers/${body.id}`)
  expect((await world.transfer(alice, '0.01')).status).toBe(200)

  const bob = await world.linkedAccount()
  expect((await world.transfer(bob, '50000')).status).toBe(200)
  await world.advance({ to: '2026-11-21T04:59:59Z' })
  expect((await world.transfer(bob, '1')).status).toBe(422)
  await world.advance({ to: '2026-11-21T05:00:00Z' })
  expect((await world.transfer(bob, '50000')).status).toBe(200)
})

test("the broker's own limit for an account takes the place of everybody's, both ways", async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const limit = (amount: string | null) =>
    world.must(
      world.call('POST', `/_sim/accounts/${alice.id}/restrictions`, {
        admin_configurations: { acct_daily_transfer_limit: amount },
      }),
    )
  await limit('100.5')
  expect(await world.transfer(alice, '100.51')).toMatchObject({
    status: 422,
    body: { code: 40010001, limit: '100.50', remaining: '100.50' },
  })
  await world.must(world.transfer(alice, '100.50'))
  await limit('40')
  expect(await world.transfer(alice, '0.01')).toMatchObject({
    status: 422,
    body: { limit: '40.00', remaining: '0.00' },
  })
  await limit('250000')
  await world.must(world.transfer(alice, '60000'))
  await limit(null)
  expect((await world.transfer(alice, '1')).body).toMatchObject({ limit: '50000.00', remaining: '0.00' })
})

test('the daily limit holds when many ask at once', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const answers = await Promise.all(Array.from({ length: 8 }, () => world.transfer(alice, '12500')))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(4)
})

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

test('an amount of another JSON type was an unsuitable value: it is a body of the wrong format', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  for (const amount of [null, true, {}, [], ['1'], { amount: '1' }]) {
    expect(await world.transfer(alice, amount)).toMatchObject({
      status: 400,
      body: { code: 40010000, message: expect.stringContaining('amount') },
    })
    const advance = { account_no: 'nobody', source_account_no: 'nobody', amount }
    expect(await world.call('POST', '/v1/instant_funding', advance)).toMatchObject({
      status: 400,
      body: { code: 40010000, message: expect.stringContaining('amount') },
    })
  }
  expect(await world.transfers(alice.id)).toEqual([])
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
  const alice = await world.seasonedAccount('100')
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
  const alice = await world.seasonedAccount('100')
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
