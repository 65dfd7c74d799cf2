import { WorldClock } from '@paddock/service'
import { expect, test } from 'vitest'
import { bankBeside } from './bank-beside.ts'
import { type BrokerWorld, brokerWorld, FRIDAY_NOON, NUMBERS } from './broker-world.ts'
import { booksAreRight, figures } from './funding-facts.ts'

const usd = (dollars: bigint) => (dollars * 100n) as never

const settle = (world: BrokerWorld, id: string) =>
  world.must(world.call('POST', `/_sim/transfers/${id}/settle`, {}))

const decisions = async (world: BrokerWorld, query = '') =>
  (await world.call('GET', `/_ops/risk/decisions?${query}`)).body

test('limits of a transfer, of 30 days and of what may come back each refuse with their own words', async () => {
  await using world = await brokerWorld({
    risk: { perTransferMinor: usd(400n), per30DaysMinor: usd(1_000n), atRiskMinor: usd(700n) },
  })
  const alice = await world.linkedAccount()
  expect(await world.transfer(alice, '400.01')).toMatchObject({
    status: 422,
    body: { code: 40010001, message: 'a transfer moves at most 400.00', limit: '400.00' },
  })
  await settle(world, (await world.must(world.transfer(alice, '400'))).id)
  expect(await world.transfer(alice, '300.01')).toMatchObject({
    status: 422,
    body: { limit: '700.00', remaining: '300.00' },
  })
  // The hold of the first deposit ends: it is at risk no more.
  await world.advance({ days: 10 })
  await world.must(world.transfer(alice, '400'))
  expect(await world.transfer(alice, '200.01')).toMatchObject({
    status: 422,
    body: { limit: '1000.00', remaining: '200.00', message: expect.stringContaining('30 days') },
  })
  await world.advance({ days: 25 })
  await world.must(world.transfer(alice, '200.01'))
  await booksAreRight(world)
})

test('every decision is kept with the rule that made it and the figures it looked at', async () => {
  await using world = await brokerWorld({ risk: { perTransferMinor: usd(100n) } })
  const alice = await world.linkedAccount()
  const { id } = await world.must(world.transfer(alice, '60'))
  await world.transfer(alice, '100.01')
  const [refused, taken, bank, ...rest] = await decisions(world, `account_id=${alice.id}`)
  expect(rest).toEqual([])
  expect(refused).toMatchObject({
    subject: 'deposit',
    subject_id: null,
    amount: '100.01',
    outcome: 'refused',
    rule: 'limit_transfer',
    findings: [{ rule: 'limit_transfer', answer: 'refuse', figures: { amount: '100.01', limit: '100.00' } }],
  })
  expect(taken).toMatchObject({ subject_id: id, outcome: 'let_through', rule: null })
  expect(taken.findings.map((finding: { rule: string }) => finding.rule)).toEqual([
    'limit_transfer',
    'limit_day',
    'limit_30_days',
    'limit_account',
    'velocity_transfers',
    'velocity_returns',
  ])
  expect(bank).toMatchObject({ subject: 'bank', subject_id: alice.relationshipId })
  expect(await decisions(world, 'rule=limit_transfer')).toHaveLength(1)
  expect((await world.call('GET', '/_ops/risk/decisions?outcome=perhaps')).status).toBe(422)
})

test('whoever moves, links or returns too often is told so, and may still withdraw after returns', async () => {
  await using world = await brokerWorld({
    risk: { transfersPerDay: 3, banksPerWeek: 2, returnsIn30Days: 1 },
  })
  const alice = await world.seasonedAccount('500')
  const back = await world.must(world.transfer(alice, '10'))
  await world.must(world.call('POST', `/_sim/transfers/${back.id}/return`, { code: 'R01' }))
  expect(await world.transfer(alice, '5')).toMatchObject({ status: 403, body: { code: 40310000 } })
  await world.must(world.transfer(alice, '5', 'OUTGOING'))
  await world.must(world.transfer(alice, '5', 'OUTGOING'))
  expect(await world.transfer(alice, '5', 'OUTGOING')).toMatchObject({
    status: 403,
    body: { message: 'at most 3 transfers may be requested a day' },
  })

  const bob = await world.linkedAccount()
  const relink = async (relationshipId: string) => {
    await world.call('DELETE', `/v1/accounts/${bob.id}/ach_relationships/${relationshipId}`)
    await world.advance({ seconds: 5 })
    return world.call('POST', `/v1/accounts/${bob.id}/ach_relationships`, NUMBERS)
  }
  const second = await relink(bob.relationshipId)
  expect(second.status).toBe(200)
  expect(await relink(second.body.id)).toMatchObject({
    status: 403,
    body: { message: 'at most 2 banks may be linked in 7 days' },
  })
  await world.advance({ days: 7 })
  expect((await relink(second.body.id)).status).toBe(200)
  expect(await decisions(world, 'rule=velocity_banks')).toMatchObject([
    { subject: 'bank', account_id: bob.id },
  ])
})

test('an operator gives one account rules of its own, and the admin stream tells', async () => {
  await using world = await brokerWorld()
  const alice = await world.linkedAccount()
  const bob = await world.linkedAccount()
  const path = `/_ops/risk/accounts/${alice.id}/rules`
  const set = await world.must(world.call('PUT', path, { per_transfer: '50.00', hold_banking_days: 1 }))
  expect(set).toMatchObject({ per_transfer: '50', hold_banking_days: 1, closed_loop: null })
  expect((await world.transfer(alice, '50.01')).status).toBe(422)
  await world.must(world.transfer(bob, '50.01'))
  const { id, hold_until } = await world.must(world.transfer(alice, '50'))
  expect(hold_until).toBe('2026-11-24')
  await world.advance({ days: 3 })
  expect(await figures(world, alice.id)).toMatchObject({ power: '50', withdrawable: '0' })
  await world.advance({ days: 1 })
  expect(await figures(world, alice.id)).toMatchObject({ withdrawable: '50' })
  // What was agreed on a deposit stays.
  await world.must(world.call('PUT', path, {}))
  const [deposit] = await world.transfers(alice.id)
  expect(deposit).toMatchObject({ id, hold_until })
  expect((await world.call('PUT', path, { per_transfer: '-1' })).status).toBe(422)
  expect((await world.call('PUT', path, { unheard_of: 1 })).status).toBe(400)
})

test('in a closed loop a young deposit leaves only to the bank that it came from', async () => {
  await using world = await brokerWorld({ risk: { closedLoop: true } })
  const alice = await world.seasonedAccount('500')
  await world.must(world.transfer(alice, '100', 'OUTGOING'))
  await world.advance({ days: 5 })
  const path = `/v1/accounts/${alice.id}/ach_relationships`
  const relink = async (former: string, numbers: object) => {
    await world.call('DELETE', `${path}/${former}`)
    await world.advance({ seconds: 5 })
    const { id } = await world.must(world.call('POST', path, { ...NUMBERS, ...numbers }))
    await world.advance({ seconds: 2 })
    return { id: alice.id, relationshipId: id as string }
  }
  const other = await relink(alice.relationshipId, { bank_account_number: '998877' })
  expect(await world.transfer(other, '0.01', 'OUTGOING')).toMatchObject({
    status: 403,
    body: { code: 40310000, available: '0.00' },
  })
  // More than there is: that is the reason which the customer is told.
  expect((await world.transfer(other, '999', 'OUTGOING')).body.message).toContain('insufficient balance')
  const same = await relink(other.relationshipId, {})
  await world.must(world.transfer(same, '1', 'OUTGOING'))
  await world.advance({ days: 70 })
  const later = await relink(same.relationshipId, { bank_account_number: '998877' })
  await world.must(world.transfer(later, '1', 'OUTGOING'))
  await booksAreRight(world)
}, 90_000)

/** An account whose bank can be asked: its checking account has a hundred dollars. */
async function askableAccount(world: BrokerWorld, token: string) {
  const id = await world.activeAccount()
  const relationship = await world.must(
    world.call('POST', `/v1/accounts/${id}/ach_relationships`, { processor_token: token }),
  )
  await world.advance({ seconds: 2 })
  return { id, relationshipId: relationship.id as string }
}

test('before a deposit the bank is asked for the balance; too little is noted or refused', async () => {
  await using beside = await bankBeside(new WorldClock({ frozenAt: FRIDAY_NOON }))
  for (const balanceCheck of ['note', 'refuse', 'off'] as const) {
    await using world = await brokerWorld({ bank: beside.settings, risk: { balanceCheck } })
    const { token } = await beside.processorToken()
    const alice = await askableAccount(world, token)
    await world.must(world.transfer(alice, '100'))
    const much = await world.transfer(alice, '100.01')
    expect(much.status).toBe(balanceCheck === 'refuse' ? 403 : 200)
    const [latest] = await decisions(world, `account_id=${alice.id}`)
    const finding = latest.findings.find(({ rule }: { rule: string }) => rule === 'balance')
    expect(finding).toEqual(
      balanceCheck === 'off'
        ? undefined
        : { rule: 'balance', answer: balanceCheck, figures: { amount: '100.01', available: '100.00' } },
    )
  }
})

test('a bank that does not tell the balance is noted; as configured it refuses the deposit', async () => {
  const beside = await bankBeside(new WorldClock({ frozenAt: FRIDAY_NOON }))
  await using lenient = await brokerWorld({ bank: beside.settings })
  await using strict = await brokerWorld({ bank: beside.settings, risk: { balanceUnknown: 'refuse' } })
  const alice = await askableAccount(lenient, (await beside.processorToken()).token)
  const gone = await beside.processorToken()
  const carol = await askableAccount(strict, gone.token)
  await beside.client.itemRemove({ access_token: gone.accessToken })
  expect((await strict.transfer(carol, '1')).status).toBe(403)
  const [said] = await decisions(strict, `account_id=${carol.id}`)
  expect(said).toMatchObject({ outcome: 'refused', rule: 'balance' })

  await beside[Symbol.asyncDispose]()
  await lenient.must(lenient.transfer(alice, '1'))
  const [latest] = await decisions(lenient, `account_id=${alice.id}`)
  expect(latest.findings).toContainEqual({
    rule: 'balance',
    answer: 'note',
    figures: { amount: '1.00', available: 'unknown' },
  })
  expect(await strict.transfer(carol, '1')).toMatchObject({ status: 403, body: { code: 40310000 } })
})
