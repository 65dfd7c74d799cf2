import { expect, test } from 'vitest'
import { application, brokerWorld } from './broker-world.ts'

test('the sample application of the guide opens an account that becomes ACTIVE in two seconds', async () => {
  await using world = await brokerWorld()
  const created = await world.call('POST', '/v1/accounts', application())
  expect(created).toMatchObject({
    status: 200,
    body: { status: 'SUBMITTED', crypto_status: 'SUBMITTED', currency: 'USD', last_equity: '0' },
  })
  expect(created.body.identity).toMatchObject({ given_name: 'John', tax_id_type: 'USA_SSN' })
  expect(JSON.stringify(created.body)).not.toContain('4321')

  await world.advance({ seconds: 1 })
  expect((await world.call('GET', `/v1/accounts/${created.body.id}`)).body.status).toBe('APPROVED')
  await world.advance({ seconds: 1 })
  expect((await world.call('GET', `/v1/accounts/${created.body.id}`)).body.status).toBe('ACTIVE')
  await world.advance({ seconds: 1 })
  expect((await world.call('GET', `/v1/accounts/${created.body.id}`)).body.crypto_status).toBe('ACTIVE')
})
