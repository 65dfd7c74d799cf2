import { expect, test } from 'vitest'
import { achWorld } from './ach-world.ts'
import { bankWith } from './bank-with.ts'

test('no foreign web page comes through the doors of the simulation', async () => {
  await using world = await achWorld()
  const { id } = await world.account()
  const doors = [
    '/_sim/ach/outcomes',
    '/_sim/ach/banks',
    '/_sim/bank-accounts/find',
    `/_sim/bank-accounts/${id}`,
  ]
  for (const path of doors) {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const answer = await world.post(path, '{"balance":"1.00"}', { 'content-type': type })
      expect([path, type, answer.status]).toEqual([path, type, expect.any(Number)])
      expect(answer.status).toBeGreaterThanOrEqual(400)
    }
  }
  expect((await world.account()).balance).toBe('110.00')
  const response = await fetch(`${world.url}/_sim/bank-accounts/${id}`, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  })
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
})

test('an account is steered by amounts and states that exist, and each change is an entry', async () => {
  await using world = await achWorld()
  const { id } = await world.account()
  const change = (body: object) => world.post(`/_sim/bank-accounts/${id}`, body)
  expect((await change({ balance: '12.34' })).body).toMatchObject({ balance: '12.34', available: '2.34' })
  expect((await change({ balance: '-5', overdraft: '10' })).body).toMatchObject({
    balance: '-5.00',
    overdraft: '10.00',
  })
  expect((await change({ state: 'frozen' })).body).toMatchObject({ state: 'frozen', balance: '-5.00' })
  for (const body of [
    { balance: '1.005' },
    { balance: 'x' },
    { overdraft: '-1' },
    { state: 'gone' },
    { id: 'x' },
  ]) {
    expect([body, (await change(body)).status]).toEqual([body, 400])
  }
  expect((await world.account()).entries.map(({ description, amount }) => [description, amount])).toEqual([
    ['COUNTER WITHDRAWAL', '-17.34'],
    ['COUNTER WITHDRAWAL', '-97.66'],
    ['OPENING BALANCE', '110.00'],
  ])
  const listed = (await world.get('/_sim/bank-accounts')).accounts as { id: string }[]
  expect(listed.map((account) => account.id)).toContain(id)
  expect((await world.post('/_sim/bank-accounts/nobody', {})).status).toBe(404)
})

test('a bank that shares no file drop has no operator', async () => {
  await using bank = await bankWith()
  expect((await bank.post('/_sim/ach/outcomes', { code: 'R01' })).status).toBe(404)
  expect((await fetch(`${bank.url}/_sim/ach`)).status).toBe(404)
})
