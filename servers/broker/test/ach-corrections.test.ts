import { changeCodes, writeCorrectedData } from '@paddock/nacha'
import { expect, test } from 'vitest'
import { achWorld } from './ach-world.ts'
import { booksAreRight, figures } from './funding-facts.ts'

const NEW_ROUTING = '021000021'

const corrected = (code: string) =>
  writeCorrectedData(code, {
    routingNumber: NEW_ROUTING,
    accountNumber: '00445566',
    transactionCode: '37',
    name: 'JONATHAN DOE',
    individualId: 'NEWID7',
  })

test.for([
  { code: 'C01', routing: '121000358', mask: '5566', type: 'CHECKING', name: 'John Doe' },
  { code: 'C02', routing: NEW_ROUTING, mask: '9abc', type: 'CHECKING', name: 'John Doe' },
  { code: 'C03', routing: NEW_ROUTING, mask: '5566', type: 'CHECKING', name: 'John Doe' },
  { code: 'C04', routing: '121000358', mask: '9abc', type: 'CHECKING', name: 'JONATHAN DOE' },
  { code: 'C05', routing: '121000358', mask: '9abc', type: 'SAVINGS', name: 'John Doe' },
  { code: 'C06', routing: '121000358', mask: '5566', type: 'SAVINGS', name: 'John Doe' },
  { code: 'C07', routing: NEW_ROUTING, mask: '5566', type: 'SAVINGS', name: 'John Doe' },
  { code: 'C09', routing: '121000358', mask: '9abc', type: 'CHECKING', name: 'John Doe' },
  { code: 'C13', routing: '121000358', mask: '9abc', type: 'CHECKING', name: 'John Doe' },
])('$code corrects the bank account before the next entry, and moves no money', async (row) => {
  await using world = await achWorld()
  const alice = await world.linkedAccount()
  const { body: first } = await world.transfer(alice, '250')
  await world.advance({ days: 1 })
  const { body: queued } = await world.transfer(alice, '30')
  const individualId = await world.referenceOf(first.id)
  await world.answer({ individualId, code: row.code, correctedData: corrected(row.code) })
  expect(await world.ops('parked')).toEqual([])
  const versions = (await world.call('GET', `/_ops/ach_relationships/${alice.relationshipId}/versions`)).body
  expect(versions[0]).toMatchObject({ version: 1, source: 'LINKED', account_mask: '9abc' })
  const now = { routing_number: row.routing, account_mask: row.mask, bank_account_type: row.type }
  expect(versions.at(-1)).toMatchObject({ ...now, account_owner_name: row.name })
  expect(versions.length).toBe(row.code === 'C13' ? 1 : 2)
  // Whoever asks for the linked bank sees what entries are written with.
  const [bank] = (await world.call('GET', `/v1/accounts/${alice.id}/ach_relationships`)).body
  expect(bank).toMatchObject({ account_mask: row.mask, bank_routing_number: row.routing, status: 'APPROVED' })

  await world.advance({ to: queued.cutoff_at })
  const last = (await world.entries()).at(-1)
  expect(last).toMatchObject({ routingNumber: row.routing, amountMinor: 30_00n })
  expect(last?.accountNumber.endsWith(row.mask)).toBe(true)
  expect(last?.transactionCode).toBe(row.type === 'SAVINGS' ? '37' : '27')
  if (row.code === 'C09') expect(last?.individualId.trim()).toBe('NEWID7')
  await world.advance({ days: 5 })
  expect((await figures(world, alice.id)).cash).toBe('280')
  await booksAreRight(world)
})

const foreign: Readonly<Record<string, string>> = { C08: 'GB33BUKB20201555555555', C14: 'IAT' }

test('every change code is corrected, or a person is asked', async () => {
  await using world = await achWorld()
  const parked: string[] = []
  for (const { code, manual } of changeCodes.values()) {
    const alice = await world.linkedAccount()
    const { body } = await world.transfer(alice, '10')
    await world.advance({ to: body.cutoff_at })
    const correctedData = foreign[code] ?? (manual ? 'SOMETHING ELSE' : corrected(code))
    await world.answer({ individualId: await world.referenceOf(body.id), code, correctedData })
    const [link] = await world.db
      .selectFrom('ach_relationships')
      .select('status')
      .where('id', '=', alice.relationshipId)
      .execute()
    expect([code, link?.status]).toEqual([code, code === 'C14' ? 'CANCELED' : 'APPROVED'])
    if ((manual && code !== 'C14') || code === 'C08') parked.push(code)
  }
  const waiting = (await world.ops('parked')) as { code: string }[]
  expect(waiting.map(({ code }) => code).sort()).toEqual(parked.sort())
  await booksAreRight(world)
})

test('a correction for another account number changes nothing and waits for a person', async () => {
  await using world = await achWorld()
  const alice = await world.linkedAccount()
  const { body } = await world.transfer(alice, '10')
  await world.advance({ to: body.cutoff_at })
  const individualId = await world.referenceOf(body.id)
  const text = await world.fileWith({ individualId, code: 'C01', correctedData: corrected('C01') })
  await world.deliver('NOC_1.ach', text.replace('123456789abc', '123456789abd'))
  expect(await world.ops('parked')).toMatchObject([{ kind: 'CORRECTION', parked_because: 'account_differs' }])
  const versions = (await world.call('GET', `/_ops/ach_relationships/${alice.relationshipId}/versions`)).body
  expect(versions.length).toBe(1)
})
