import { AdminActionEvent } from '@paddock/broker-wire'
import { expect, test } from 'vitest'
import { FIRM_ACCOUNT_ID } from '../src/firm/firm-account.ts'
import { type BrokerWorld, brokerWorld, NUMBERS } from './broker-world.ts'
import { history } from './event-history.ts'

const STREAM = '/v2/events/admin-actions'
const told = (world: BrokerWorld, id?: string) => history(world, STREAM, id === undefined ? '' : `&id=${id}`)

const restrict = (world: BrokerWorld, id: string, body: object) =>
  world.must(world.call('POST', `/_sim/accounts/${id}/restrictions`, body))

test('restrictions are told when they are placed and when they are lifted, and not when nothing changes', async () => {
  await using world = await brokerWorld({ heartbeatMs: 100 })
  const id = await world.activeAccount()
  const blocked = { trading_blocked: true, admin_configurations: { max_margin_multiplier: '2' } }
  await restrict(world, id, blocked)
  await restrict(world, id, blocked)
  await restrict(world, id, { trading_blocked: false, transfers_blocked: true })

  const [placed, lifted, ...more] = await told(world)
  expect(more).toEqual([])
  expect(placed).toEqual({
    event_id: expect.stringMatching(/^[0-9A-Z]{26}$/),
    at: world.clock.now().toString(),
    type: 'note_admin_event',
    category: 'other',
    visibility: 'correspondent_only',
    note: 'restrictions changed: trading_blocked, max_margin_multiplier',
    correspondent: expect.stringMatching(/^[A-Z]{4}$/),
    belongs_to: { kind: 'account', id_reference: id },
    belongs_to_kind: 'account',
    belongs_to_id_reference: id,
    created_by: { kind: 'admin' },
    created_by_kind: 'admin',
    context: {
      trading_blocked: { from: false, to: true },
      max_margin_multiplier: { from: null, to: '2' },
    },
  })
  expect(AdminActionEvent.parse(placed)).toEqual(placed)
  expect(lifted.context).toEqual({
    trading_blocked: { from: true, to: false },
    transfers_blocked: { from: false, to: true },
  })
})

test('the restriction after a returned deposit is told as the broker’s own', async () => {
  await using world = await brokerWorld({ heartbeatMs: 100 })
  const alice = await world.linkedAccount()
  const { id } = await world.must(world.transfer(alice, '100'))
  await world.must(world.call('POST', `/_sim/transfers/${id}/settle`, {}))
  await world.must(world.call('POST', `/_sim/transfers/${id}/return`, { code: 'R01' }))
  expect(await told(world, alice.id)).toMatchObject([
    {
      type: 'note_admin_event',
      created_by_kind: 'service',
      context: { restrict_to_liquidation_reasons: { from: null, to: { ach_return: true } } },
    },
  ])
})

test('a status that was set by hand is told with what it was before', async () => {
  await using world = await brokerWorld({ heartbeatMs: 100 })
  const id = await world.activeAccount()
  await world.must(world.call('POST', `/_sim/accounts/${id}/status`, { status: 'ACTION_REQUIRED' }))
  expect(await told(world)).toMatchObject([
    {
      type: 'note_admin_event',
      belongs_to_id_reference: id,
      context: { status_from: 'ACTIVE', status_to: 'ACTION_REQUIRED' },
    },
  ])
})

test('a review of a transfer or a bank is told once, however often it is tried; a rejection names what it ended', async () => {
  await using world = await brokerWorld({ heartbeatMs: 100 })
  const alice = await world.linkedAccount()
  const ask = () =>
    world.must(
      world.call('POST', `/v1/accounts/${alice.id}/transfers`, {
        transfer_type: 'ach',
        relationship_id: alice.relationshipId,
        direction: 'INCOMING',
        amount: '10',
        additional_information: '/fixtures/status=APPROVAL_PENDING/fixtures/',
      }),
    )
  const first = await ask()
  const second = await ask()
  const bob = await world.activeAccount()
  const bank = await world.must(
    world.call('POST', `/v1/accounts/${bob}/ach_relationships`, {
      ...NUMBERS,
      nickname: '/fixtures/status=PENDING/fixtures/',
    }),
  )
  await world.advance({ seconds: 5 })
  const decide = (kind: string, id: string, word: string, body?: object) =>
    world.call('POST', `/_ops/${kind}/${id}/${word}`, body)
  await world.must(decide('transfers', first.id, 'approve'))
  expect((await decide('transfers', first.id, 'reject')).status).toBe(422)
  await world.must(decide('transfers', second.id, 'reject', { reason: 'looks odd' }))
  await world.must(decide('ach_relationships', bank.id, 'reject', { reason: 'other name' }))

  expect(await told(world)).toMatchObject([
    {
      type: 'note_admin_event',
      note: 'transfer approved',
      belongs_to_id_reference: alice.id,
      context: { transfer_id: first.id, status_from: 'APPROVAL_PENDING', status_to: 'APPROVED' },
    },
    {
      type: 'transaction_cancel_admin_event',
      note: 'transfer rejected: looks odd',
      belongs_to_id_reference: alice.id,
      context: { entry_type: 'CSD', external_id: '', transaction_id: second.id },
    },
    {
      type: 'note_admin_event',
      note: 'ACH relationship rejected: other name',
      belongs_to_id_reference: bob,
      context: { relationship_id: bank.id, status_from: 'PENDING', status_to: 'REJECTED' },
    },
  ])
})

test('journals that an operator approved, corrected or deleted are told', async () => {
  await using world = await brokerWorld({ heartbeatMs: 100 })
  const id = await world.activeAccount()
  const give = (amount: string) =>
    world.must(
      world.call('POST', '/v1/journals', {
        entry_type: 'JNLC',
        from_account: FIRM_ACCOUNT_ID,
        to_account: id,
        amount,
      }),
    )
  const [pending, wrong, doubled] = [await give('60'), await give('10'), await give('20')]
  await world.advance({ seconds: 5 })
  const decide = (journal: { id: string }, word: string, body?: object) =>
    world.must(world.call('POST', `/_ops/journals/${journal.id}/${word}`, body))
  await decide(pending, 'approve')
  await decide(wrong, 'correct', { amount: '11', reason: 'a typo' })
  await decide(doubled, 'delete', { reason: 'given twice' })
  expect(await told(world, id)).toMatchObject([
    { type: 'note_admin_event', context: { journal_id: pending.id, entry_type: 'JNLC' } },
    {
      type: 'transaction_cancel_admin_event',
      note: expect.stringMatching(/^journal corrected by [0-9a-f-]{36}: a typo$/),
      context: { entry_type: 'JNLC', transaction_id: wrong.id },
    },
    {
      type: 'transaction_cancel_admin_event',
      note: 'journal deleted: given twice',
      context: { entry_type: 'JNLC', transaction_id: doubled.id },
    },
  ])
})

test('keys that come and go are told without their secret, and belong to nobody’s account', async () => {
  await using world = await brokerWorld({ heartbeatMs: 100 })
  const id = await world.activeAccount()
  const key = await world.must(
    world.call('POST', '/_ops/keys', { name: 'reports', scopes: { events: 'read' } }),
  )
  const next = await world.must(world.call('POST', `/_ops/keys/${key.id}/rotate`, {}))
  for (let times = 0; times < 2; times += 1) {
    await world.must(world.call('DELETE', `/_ops/keys/${next.id}`))
  }
  const events = await told(world)
  expect(events.map(({ note, context }) => [note, context.key_id])).toEqual([
    ['API key issued', key.id],
    [`API key replaced by ${next.id}`, key.id],
    ['API key revoked', next.id],
  ])
  expect(events[0]).toMatchObject({ belongs_to_kind: 'correspondent', belongs_to_id_reference: 'PDCK' })
  expect(JSON.stringify(events)).not.toContain(key.secret)
  expect(await told(world, id)).toEqual([])
})
