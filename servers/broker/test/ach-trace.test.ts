import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AchBankWorld, achBankWorld } from './ach-bank-world.ts'

let world: AchBankWorld
// biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field in tests
let story: any
let depositId: string
let withdrawalId: string

/** A deposit that came back, and a withdrawal that did not. */
beforeAll(async () => {
  world = await achBankWorld()
  const alice = await world.tokenAccount()
  depositId = (await world.must(world.transfer(alice, '4040.01'))).id
  const bob = await world.seasonedAccount('90')
  withdrawalId = (await world.must(world.transfer(bob, '20', 'OUTGOING'))).id
  await world.advance({ days: 12 })
  story = (await trace(`transfer_id=${depositId}`)).body
})

afterAll(() => world[Symbol.asyncDispose]())

const trace = (query: string) => world.ops(`ach/trace?${query}`)

test('one call tells the whole chain, from the request to the bank’s answer and the books', () => {
  expect(story.transfer).toMatchObject({ id: depositId, status: 'RETURNED', amount: '4040.01' })
  expect(story.decisions).toMatchObject([{ subject: 'deposit', outcome: 'let_through' }])
  const [attempt, ...more] = story.attempts
  expect(more).toEqual([])
  expect(attempt).toMatchObject({
    file: { status: 'ACCEPTED', name: expect.stringMatching(/^ACH_/) },
    batch: { sec_code: 'WEB', description: 'DEPOSIT', effective_on: '2026-11-23' },
    entry: { amount: '4040.01', status: 'RETURNED', account_mask: '0000', attempt: 1 },
    acknowledgement: { file: expect.stringMatching(/^ACK_ACH_/) },
    answers: [{ kind: 'RETURN', code: 'R01', state: 'APPLIED', amount: '4040.01' }],
    statement_lines: [
      { kind: 'batch', amount: '4040.01' },
      { kind: 'return', amount: '-4040.01' },
    ],
  })
  expect(attempt.entry.text).toHaveLength(94)
  expect(attempt.entry.text.slice(12, 29)).toMatch(/^\*+0000 *$/)
  expect(story.ledger.map(({ cause }: { cause: { kind: string; step: string } }) => cause.kind)).toEqual(
    expect.arrayContaining(['transfer', 'ach_statement']),
  )
  const states = story.events
    .filter(({ stream }: { stream: string }) => stream === 'transfer')
    .map(({ status_to }: { status_to: string }) => status_to)
  expect(states.slice(0, 2)).toEqual(['QUEUED', 'SENT_TO_CLEARING'])
  expect(states.at(-1)).toBe('RETURNED')
  expect(JSON.stringify(story)).not.toContain('1111222233330000')
})

test('from whatever end it is asked for, the answer is the same', async () => {
  const [{ file, entry, answers, statement_lines: lines }] = story.attempts
  const ends = [
    `trace_number=${entry.trace_number}`,
    `trace_number=${answers[0].trace_number}`,
    `file_id=${file.id}&line=${entry.line}`,
    `file_id=${answers[0].file_id}&line=${answers[0].line}`,
    ...story.ledger
      .filter(({ cause }: { cause: { kind: string } }) => cause.kind === 'transfer')
      .map((one: { ledger_transaction_id: string }) => `ledger_transaction_id=${one.ledger_transaction_id}`),
    `ledger_transaction_id=ach_statement:${lines[1].id}`.replaceAll('|', '%7C'),
    ...story.events.flatMap((one: { event_id: string; seq: number }) => [
      `event_id=${one.event_id}`,
      `event_id=${one.seq}`,
    ]),
  ]
  expect(ends.length).toBeGreaterThan(10)
  for (const end of ends) expect([end, (await trace(end)).body]).toEqual([end, story])
})

test('a withdrawal that went through quietly has its lines and no answer', async () => {
  const { body } = await trace(`transfer_id=${withdrawalId}`)
  expect(body.transfer).toMatchObject({ status: 'COMPLETE', direction: 'OUTGOING' })
  expect(body.attempts).toMatchObject([
    { entry: { transaction_code: '22', status: 'BOUND' }, answers: [], statement_lines: [{ amount: '-20' }] },
  ])
})

test('what nobody knows is not found; more than one question, or none, is refused', async () => {
  const unknown = '0b0e4f4e-0000-4000-8000-000000000000'
  for (const query of [
    `transfer_id=${unknown}`,
    'trace_number=076543210999999',
    `file_id=${unknown}&line=3`,
    'ledger_transaction_id=transfer:nobody:hold',
    'event_id=999999999',
  ]) {
    expect([query, await trace(query)]).toMatchObject([query, { status: 404, body: { code: 40410000 } }])
  }
  for (const query of [
    '',
    `transfer_id=${depositId}&trace_number=076543210999999`,
    `file_id=${unknown}`,
    'line=3',
    `transfer_id=${depositId}&line=3`,
  ]) {
    expect([query, await trace(query)]).toMatchObject([query, { status: 422, body: { code: 42210000 } }])
  }
  expect((await trace('trace_number=12')).status).toBe(422)
  for (const path of [
    'ach/trace?ledger_transaction_id=%00',
    'risk/decisions?rule=%00',
    'reconciliation?date=0000-01-01',
    'ach/return-rates?date=0000-01-01',
  ]) {
    expect([path, [400, 422].includes((await world.ops(path)).status)]).toEqual([path, true])
  }
})
