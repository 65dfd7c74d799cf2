import { expect, test } from 'vitest'
import { achWorld } from './ach-world.ts'
import { booksAreRight, eventsOf, figures } from './funding-facts.ts'

test('a deposit and a withdrawal can be followed from the call to the line of the file and to the books', async () => {
  await using world = await achWorld()
  const alice = await world.seasonedAccount('500')
  const { body: deposit } = await world.transfer(alice, '250.00')
  const { body: withdrawal } = await world.transfer(alice, '99.99', 'OUTGOING')
  await world.advance({ to: deposit.cutoff_at })

  const [sent] = await world.sent()
  expect(sent?.text.split('\n').every((line) => line === '' || line.length === 94)).toBe(true)
  const [file] = await world.ops('files')
  expect(file).toMatchObject({
    name: sent?.name,
    status: 'SENT',
    entries: 2,
    debits: '250',
    credits: '99.99',
  })
  const { contents, lines } = await world.ops(`files/${file.id}`)
  expect(contents).toMatchObject([
    { sec_code: 'PPD', description: 'WITHDRAWAL', direction: 'OUTGOING' },
    { sec_code: 'WEB', description: 'DEPOSIT', direction: 'INCOMING' },
  ])
  const entry = contents[1].entries[0]
  expect(entry).toMatchObject({
    transfer_id: deposit.id,
    amount: '250',
    account_mask: '9abc',
    status: 'BOUND',
  })
  const line: string = lines[entry.line - 1]
  expect(line).toMatch(/^627121000358\*{8}9abc\s+0000025000DEP\d{12}JOHN DOE\s+S 0076543210000/)
  expect(sent?.text.split('\n')[entry.line - 1]).toContain('123456789abc')
  expect(lines[contents[0].entries[0].line - 1]).toMatch(/^622/)

  await world.acknowledge(sent?.name ?? '')
  expect((await world.ops('files'))[0]).toMatchObject({ status: 'ACCEPTED' })
  await world.advance({ days: 2 })
  expect(await world.transferOf(alice.id, deposit.id)).toMatchObject({ status: 'COMPLETE' })
  expect(await world.transferOf(alice.id, withdrawal.id)).toMatchObject({ status: 'COMPLETE' })
  expect((await figures(world, alice.id)).cash).toBe('650.01')
  await booksAreRight(world)
})

test('a deposit that comes back before it settles is voided, and tells why', async () => {
  await using world = await achWorld()
  const alice = await world.linkedAccount()
  const { body: deposit } = await world.transfer(alice, '250')
  await world.advance({ to: deposit.cutoff_at })
  await world.answer({ individualId: await world.referenceOf(deposit.id), code: 'R03' })
  expect(await world.transferOf(alice.id, deposit.id)).toMatchObject({
    status: 'RETURNED',
    return_code: 'R03',
    reason: 'R03 no account',
  })
  expect(await eventsOf(world, deposit.id)).toEqual(['QUEUED', 'SENT_TO_CLEARING', 'RETURNED'])
  // The account number is wrong, so nothing goes there any more.
  expect((await world.transfer(alice, '10')).status).toBe(422)
  expect(await figures(world, alice.id)).toMatchObject({ cash: '0', in: '0' })
  await booksAreRight(world)
})

test('a deposit that was spent goes back all the same: what is missing is owed, and the next deposit pays it', async () => {
  await using world = await achWorld()
  const alice = await world.linkedAccount()
  const { body: deposit } = await world.transfer(alice, '250')
  await world.advance({ days: 14 })
  await world.must(world.transfer(alice, '230', 'OUTGOING'))
  await world.advance({ days: 5 })
  expect((await figures(world, alice.id)).cash).toBe('20')

  await world.answer({ individualId: await world.referenceOf(deposit.id), code: 'R10' })
  expect(await world.transferOf(alice.id, deposit.id)).toMatchObject({
    status: 'RETURNED',
    return_code: 'R10',
  })
  expect(await figures(world, alice.id)).toMatchObject({ cash: '-230', power: '0', withdrawable: '0' })
  await booksAreRight(world)

  // He links another bank; of what comes from there first goes what he owes.
  const relationship = await world.must(
    world.call('POST', `/v1/accounts/${alice.id}/ach_relationships`, {
      account_owner_name: 'John Doe',
      bank_account_type: 'SAVINGS',
      bank_account_number: '000998877',
      bank_routing_number: '121000358',
    }),
  )
  await world.advance({ seconds: 5 })
  await world.must(world.transfer({ id: alice.id, relationshipId: relationship.id }, '300'))
  await world.advance({ days: 5 })
  expect(await figures(world, alice.id)).toMatchObject({ cash: '70', power: '70' })
  await booksAreRight(world)
})

test('a withdrawal that comes back is credited again', async () => {
  await using world = await achWorld()
  const alice = await world.seasonedAccount('100')
  const { body } = await world.transfer(alice, '60', 'OUTGOING')
  await world.advance({ days: 4 })
  expect((await figures(world, alice.id)).cash).toBe('40')
  await world.answer({ individualId: await world.referenceOf(body.id), code: 'R20' })
  expect((await figures(world, alice.id)).cash).toBe('100')
  expect(await world.transferOf(alice.id, body.id)).toMatchObject({ status: 'RETURNED', return_code: 'R20' })
  await booksAreRight(world)
})

test('a file fed twice changes nothing, under its own name or another', async () => {
  await using world = await achWorld()
  const alice = await world.linkedAccount()
  const { body: deposit } = await world.transfer(alice, '250')
  await world.advance({ days: 5 })
  const text = await world.fileWith({ individualId: await world.referenceOf(deposit.id), code: 'R01' })
  await world.deliver('RET_a.ach', text)
  const after = await figures(world, alice.id)
  await world.deliver('RET_a.ach', text)
  await world.deliver('RET_b.ach', text)
  // The same entry in a file of its own is known by its trace.
  await world.deliver('RET_c.ach', text.replace('A094101', 'B094101'))
  expect(await figures(world, alice.id)).toEqual(after)
  expect(await world.ops('parked')).toEqual([])
  const answers = await world.db.selectFrom('ach_answers').select('state').orderBy('created_at').execute()
  expect(answers.map(({ state }) => state)).toEqual(['APPLIED', 'DUPLICATE'])
  const inbound = await world.ops('inbound')
  expect(inbound.map((one: { status: string }) => one.status).sort()).toEqual(['DUPLICATE', 'READ', 'READ'])
  await booksAreRight(world)
})

test('a file that the bank refuses puts its transfers back, and the next one has them with new traces', async () => {
  await using world = await achWorld()
  const alice = await world.seasonedAccount('100')
  const { body: deposit } = await world.transfer(alice, '25')
  const { body: withdrawal } = await world.transfer(alice, '40', 'OUTGOING')
  await world.advance({ to: deposit.cutoff_at })
  const [first] = await world.sent()
  await world.acknowledge(first?.name ?? '', {
    status: 'rejected',
    findings: [{ line: 1, field: 'immediateOrigin', rule: '04', message: 'unknown sending point' }],
  })
  for (const { id } of [deposit, withdrawal]) {
    expect(await world.transferOf(alice.id, id)).toMatchObject({ status: 'QUEUED' })
  }
  expect((await world.ops('files'))[0]).toMatchObject({ status: 'REJECTED', findings: [{ rule: '04' }] })
  expect(await world.alarms()).toMatchObject([{ kind: 'ach_file_rejected' }])
  await world.advance({ days: 3 })
  const [, second] = await world.sent()
  const traces = (await world.entries()).map(({ traceNumber }) => traceNumber)
  expect(new Set(traces).size).toBe(4)
  expect(second?.name).not.toBe(first?.name)
  const references = (await world.entries()).map(({ individualId }) => individualId)
  expect(new Set(references).size).toBe(2)
  await world.advance({ days: 3 })
  expect((await figures(world, alice.id)).cash).toBe('85')
  expect(await eventsOf(world, deposit.id)).toEqual([
    'QUEUED',
    'SENT_TO_CLEARING',
    'QUEUED',
    'SENT_TO_CLEARING',
    'COMPLETE',
  ])
  await booksAreRight(world)
})

test('a bank that says nothing about a file raises an alarm, which its word ends', async () => {
  await using world = await achWorld()
  const alice = await world.linkedAccount()
  const { body } = await world.transfer(alice, '25')
  await world.advance({ to: body.cutoff_at })
  await world.advance({ days: 1 })
  expect(await world.alarms()).toMatchObject([{ kind: 'ach_unanswered', cleared_at: null }])
  const [file] = await world.sent()
  await world.acknowledge(file?.name ?? '')
  expect(await world.alarms()).toMatchObject([{ kind: 'ach_unanswered', cleared_at: expect.any(String) }])
})

test('a deposit that came back for lack of money can be presented twice more, and no oftener', async () => {
  await using world = await achWorld()
  const alice = await world.linkedAccount()
  let { body: current } = await world.transfer(alice, '80')
  const first = current
  for (const presentation of [1, 2]) {
    await world.advance({ days: 4 })
    await world.answer({ individualId: await world.referenceOf(current.id), code: 'R01' })
    const again = await world.must(world.call('POST', `/_ops/transfers/${current.id}/represent`, {}))
    expect(again).toMatchObject({ status: 'QUEUED', amount: '80' })
    expect((await world.call('POST', `/_ops/transfers/${current.id}/represent`, {})).body.id).toBe(again.id)
    current = again
    await world.advance({ days: 4 })
    const last = (await world.entries()).at(-1)
    expect(last?.entryDescription).toBe('RETRY PYMT')
    expect(last?.amountMinor).toBe(80_00n)
    expect(presentation).toBeLessThan(3)
  }
  await world.answer({ individualId: await world.referenceOf(current.id), code: 'R09' })
  expect((await world.call('POST', `/_ops/transfers/${current.id}/represent`, {})).status).toBe(422)
  expect(current.id).not.toBe(first.id)
  await booksAreRight(world)
})
