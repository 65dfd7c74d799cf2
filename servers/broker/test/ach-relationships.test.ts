import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WorldClock } from '@paddock/service'
import { Products } from 'plaid'
import { expect, test } from 'vitest'
import { bankBeside } from './bank-beside.ts'
import { type BrokerWorld, brokerWorld, FRIDAY_NOON, NUMBERS } from './broker-world.ts'

const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'
const pathOf = (accountId: string) => `/v1/accounts/${accountId}/ach_relationships`

async function worldWithBank() {
  const clock = new WorldClock({ frozenAt: FRIDAY_NOON })
  const beside = await bankBeside(clock)
  const world = await brokerWorld({ clock, bank: beside.settings })
  return {
    ...world,
    beside,
    advance: world.advance,
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]()
      await beside[Symbol.asyncDispose]()
    },
  }
}

/** Something at the bank's address that is no bank. */
async function sillyBank(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    settings: {
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      clientId: 'a',
      secret: 'b',
    },
    [Symbol.dispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const stored = (world: BrokerWorld) => world.db.selectFrom('ach_relationships').selectAll().execute()

test('the sample of the page links a bank, QUEUED and two seconds later APPROVED', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const created = await world.call('POST', pathOf(id), NUMBERS)
  expect(created).toMatchObject({ status: 200, body: { ...NUMBERS, account_id: id, status: 'QUEUED' } })

  await world.advance({ seconds: 2 })
  expect((await world.call('GET', pathOf(id))).body).toMatchObject([
    { ...NUMBERS, id: created.body.id, status: 'APPROVED' },
  ])
  const [row] = await stored(world)
  expect(JSON.stringify(row)).not.toContain(NUMBERS.bank_account_number)
  expect(JSON.stringify(row)).not.toContain(NUMBERS.bank_routing_number)
})

test('the list can be asked for by status', async () => {
  await using world = await brokerWorld()
  const { id, relationshipId } = await world.linkedAccount()
  const ids = async (query: string) =>
    (await world.call('GET', `${pathOf(id)}?${query}`)).body.map((one: { id: string }) => one.id)
  expect(await ids('statuses=QUEUED')).toEqual([])
  expect(await ids('statuses=QUEUED,APPROVED')).toEqual([relationshipId])
  expect(await ids('statuses=QUEUED&statuses=APPROVED')).toEqual([relationshipId])
  expect((await world.call('GET', `${pathOf(id)}?statuses=SOON`)).status).toBe(422)
  await world.call('DELETE', `${pathOf(id)}/${relationshipId}`)
  expect(await ids('')).toEqual([])
  expect(await ids('statuses=CANCELED')).toEqual([relationshipId])
})

test('an account has one active relationship, also when two are asked for at once', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const answers = await Promise.all([1, 2, 3].map(() => world.call('POST', pathOf(id), NUMBERS)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe(40910000)

  const [one] = (await world.call('GET', pathOf(id))).body
  expect((await world.call('DELETE', `${pathOf(id)}/${one.id}`)).status).toBe(204)
  expect((await world.call('DELETE', `${pathOf(id)}/${one.id}`)).status).toBe(404)
  expect((await world.call('POST', pathOf(id), NUMBERS)).status).toBe(200)
})

test('a relationship that was deleted while QUEUED is never approved', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const { body } = await world.call('POST', pathOf(id), NUMBERS)
  await world.call('DELETE', `${pathOf(id)}/${body.id}`)
  await world.advance({ seconds: 10 })
  expect((await stored(world)).map(({ status }) => status)).toEqual(['CANCELED'])
})

test('a bank through which money is on its way stays linked', async () => {
  await using world = await brokerWorld()
  const account = await world.linkedAccount()
  const deposit = await world.must(world.transfer(account, '10'))
  const path = `${pathOf(account.id)}/${account.relationshipId}`
  expect(await world.call('DELETE', path)).toMatchObject({ status: 422, body: { code: 40010001 } })
  await world.call('DELETE', `/v1/accounts/${account.id}/transfers/${deposit.id}`)
  expect((await world.call('DELETE', path)).status).toBe(204)
})

const spoiled: readonly [field: string, change: object][] = [
  ['account_owner_name', { account_owner_name: '' }],
  ['account_owner_name', { account_owner_name: undefined }],
  ['bank_account_type', { bank_account_type: 'checking' }],
  ['bank_account_type', { bank_account_type: 'BROKERAGE' }],
  ['bank_account_number', { bank_account_number: '' }],
  ['bank_account_number', { bank_account_number: '123456789012345678' }],
  ['bank_account_number', { bank_account_number: '12\u0661' }],
  ['bank_account_number', { bank_account_number: 12345 }],
  ['bank_routing_number', { bank_routing_number: '121000359' }],
  ['bank_routing_number', { bank_routing_number: '12100035' }],
  ['bank_routing_number', { bank_routing_number: '1210003588' }],
  ['bank_routing_number', { bank_routing_number: '000000000' }],
  ['bank_routing_number', { bank_routing_number: ' 21000358' }],
  ['nickname', { nickname: 'x'.repeat(101) }],
  ['processor_token', { processor_token: '' }],
  ['processor_token', { processor_token: 5 }],
]

test('a bank with one wrong field is a bad request that names the field, and links nothing', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  for (const [field, change] of spoiled) {
    const answer = await world.call('POST', pathOf(id), { ...NUMBERS, ...change })
    expect([change, answer.status, answer.body.code]).toEqual([change, 400, 40010001])
    expect(answer.body.message).toContain(field)
  }
  expect(await stored(world)).toEqual([])
})

test('malformed ids are 400, unknown accounts 401, unknown relationships 404', async () => {
  await using world = await brokerWorld()
  const { id } = await world.linkedAccount()
  expect((await world.call('POST', pathOf('nobody'), NUMBERS)).status).toBe(400)
  expect((await world.call('GET', pathOf('nobody'))).status).toBe(400)
  expect((await world.call('DELETE', `${pathOf(id)}/nothing`)).status).toBe(400)
  expect((await world.call('POST', pathOf(UNKNOWN), NUMBERS)).status).toBe(401)
  expect((await world.call('GET', pathOf(UNKNOWN))).status).toBe(401)
  expect((await world.call('DELETE', `${pathOf(UNKNOWN)}/${UNKNOWN}`)).status).toBe(401)
  expect(await world.call('DELETE', `${pathOf(id)}/${UNKNOWN}`)).toMatchObject({
    status: 404,
    body: { code: 40410000 },
  })
})

test("another account's relationship can neither be deleted nor used", async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const bob = await world.linkedAccount()
  expect((await world.call('DELETE', `${pathOf(bob.id)}/${alice.relationshipId}`)).status).toBe(404)
  expect(await world.transfer({ ...bob, relationshipId: alice.relationshipId }, '10')).toMatchObject({
    status: 422,
    body: { message: 'invalid relationship_id' },
  })
})

test('a processor token is redeemed at the bank, which tells owner and numbers', async () => {
  await using world = await worldWithBank()
  const id = await world.activeAccount()
  const { token } = await world.beside.processorToken()
  const answer = await world.call('POST', pathOf(id), { processor_token: token })
  expect(answer).toMatchObject({
    status: 200,
    body: {
      status: 'QUEUED',
      bank_account_type: 'CHECKING',
      bank_account_number: '1111222233330000',
      bank_routing_number: '011401533',
      account_mask: '0000',
      approval_method: 'PLAID',
      processor_token: token,
    },
  })
  expect(answer.body.account_owner_name).not.toBe('')
  const [row] = await stored(world)
  expect(JSON.stringify(row)).not.toContain(token)
  expect(JSON.stringify(row)).not.toContain('1111222233330000')
})

test('a savings account without the identity product links too, without its owner', async () => {
  await using world = await worldWithBank()
  const id = await world.activeAccount()
  const { token } = await world.beside.processorToken({ subtype: 'savings', products: [Products.Auth] })
  expect(await world.call('POST', pathOf(id), { processor_token: token, ...NUMBERS })).toMatchObject({
    status: 200,
    body: { bank_account_type: 'SAVINGS', approval_method: 'PLAID' },
  })
})

test('a token that the bank refuses is refused, whether it never was or its link has ended', async () => {
  await using world = await worldWithBank()
  const id = await world.activeAccount()
  const { token, accessToken } = await world.beside.processorToken()
  await world.beside.client.itemRemove({ access_token: accessToken })
  for (const processor_token of [token, 'processor-sandbox-nothing', 'junk']) {
    const answer = await world.call('POST', pathOf(id), { processor_token })
    expect(answer).toMatchObject({ status: 422, body: { code: 40010001 } })
    expect(answer.body.message).toContain('processor_token')
  }
  expect(await stored(world)).toEqual([])
})

test('a bank that does not answer leaves nothing behind, and its secret in no answer', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const answer = await world.call('POST', pathOf(id), { processor_token: 'processor-sandbox-x' })
  expect(answer).toMatchObject({ status: 503, body: { code: 50310000 } })
  expect(JSON.stringify(answer.body)).not.toContain(world.config.bank.secret)
  expect(await stored(world)).toEqual([])
})

test.for([
  ['hangs', undefined],
  ['answers with a page', { status: 200, text: '<html>' }],
  ['is broken', { status: 500, text: '{"error_code":"INTERNAL_SERVER_ERROR"}' }],
  ['does not know our keys', { status: 400, text: '{"error_code":"INVALID_API_KEYS"}' }],
] as const)('a bank that %s counts as a bank that does not answer', async ([, behaviour]) => {
  using bank = await sillyBank((_request, response) => {
    if (behaviour !== undefined) response.writeHead(behaviour.status).end(behaviour.text)
  })
  await using world = await brokerWorld({ bank: bank.settings, bankTimeoutMs: 200 })
  const id = await world.activeAccount()
  const answer = await world.call('POST', pathOf(id), { processor_token: 'processor-sandbox-x' })
  expect(answer).toMatchObject({ status: 503, body: { code: 50310000 } })
  expect(await stored(world)).toEqual([])
})

test('while the bank thinks, nobody else waits: the account is not locked', async () => {
  using bank = await sillyBank(() => undefined)
  await using world = await brokerWorld({ bank: bank.settings, bankTimeoutMs: 2_000 })
  const id = await world.activeAccount()
  const slow = world.call('POST', pathOf(id), { processor_token: 'processor-sandbox-x' })
  const started = performance.now()
  expect((await world.call('POST', pathOf(id), NUMBERS)).status).toBe(200)
  expect(performance.now() - started).toBeLessThan(1_500)
  expect((await slow).status).toBe(503)
})
