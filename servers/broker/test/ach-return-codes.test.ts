import { returnCodes } from '@paddock/nacha'
import { expect, test } from 'vitest'
import { consequencesOf } from '../src/transfers/return-consequences.ts'
import { type AchWorld, achWorld } from './ach-world.ts'
import { booksAreRight } from './funding-facts.ts'

/** Every reason with which a forward entry can come back, and a private one that no table knows. */
const codes = [...returnCodes.values()]
  .filter(
    ({ class: of, clock }) =>
      of !== 'not_ours' && !clock.endsWith('five_banking_days') && !clock.startsWith('contest'),
  )
  .map(({ code }) => code)

const PRIVATE = 'R97'

const expected: Readonly<Record<string, { link: string; mayWithdraw: boolean; alarm: boolean }>> = {
  insufficient_funds: { link: 'APPROVED', mayWithdraw: true, alarm: false },
  account_data: { link: 'CANCELED', mayWithdraw: true, alarm: false },
  stop_payment: { link: 'APPROVED', mayWithdraw: true, alarm: false },
  unauthorized: { link: 'CANCELED', mayWithdraw: false, alarm: true },
  halt: { link: 'CANCELED', mayWithdraw: false, alarm: true },
  our_error: { link: 'APPROVED', mayWithdraw: true, alarm: true },
  bank: { link: 'APPROVED', mayWithdraw: true, alarm: false },
  unknown: { link: 'CANCELED', mayWithdraw: false, alarm: true },
}

async function depositOf(world: AchWorld, direction: 'INCOMING' | 'OUTGOING') {
  const account = await world.linkedAccount()
  if (direction === 'OUTGOING') {
    const { body } = await world.transfer(account, '50')
    await world.must(world.call('POST', `/_sim/transfers/${body.id}/settle`, {}))
  }
  return account
}

async function facts(
  world: AchWorld,
  { id, relationshipId }: { id: string; relationshipId: string },
  transferId: string,
) {
  const [link, account, alarms] = await Promise.all([
    world.db
      .selectFrom('ach_relationships')
      .select('status')
      .where('id', '=', relationshipId)
      .executeTakeFirstOrThrow(),
    world.db
      .selectFrom('accounts')
      .select('admin_configurations')
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
    world.alarms(),
  ])
  const admin = account.admin_configurations as { outgoing_transfers_blocked?: boolean }
  return {
    link: link.status,
    mayWithdraw: admin.outgoing_transfers_blocked !== true,
    alarm: alarms.some(({ subject }: { subject: string }) => subject === transferId),
  }
}

test.for(['INCOMING', 'OUTGOING'] as const)(
  'every return code does to an %s transfer what its row says',
  { timeout: 240_000 },
  async (direction) => {
    await using world = await achWorld()
    const sent = []
    for (const code of [...codes, PRIVATE]) {
      const account = await depositOf(world, direction)
      sent.push({ code, account })
    }
    if (direction === 'OUTGOING') await world.advance({ days: 10 })
    const asked = []
    for (const one of sent) {
      const { body } = await world.transfer(one.account, '50', direction)
      asked.push({ ...one, transferId: body.id as string })
    }
    await world.advance({ days: 2 })
    const answers = []
    for (const { code, transferId } of asked) {
      answers.push({ code, individualId: await world.referenceOf(transferId) })
    }
    // No writer of ours writes a private code: it is put in the place of one that we never get.
    const text = await world.fileWith(
      ...answers.map((one) => (one.code === PRIVATE ? { ...one, code: 'R50' } : one)),
    )
    await world.deliver('RET_all.ach', text.replace('799R50', `799${PRIVATE}`))
    for (const { code, account, transferId } of asked) {
      const transfer = await world.transferOf(account.id, transferId)
      expect(transfer, code).toMatchObject({ status: 'RETURNED', return_code: code })
      expect(transfer.reason, code).toMatch(new RegExp(`^${code} [a-z]`))
      const { class: of } = consequencesOf(code)
      expect([code, of, await facts(world, account, transferId)]).toEqual([code, of, expected[of]])
    }
    expect(await world.ops('parked')).toEqual([])
    await booksAreRight(world)
  },
)

test('R17 with the word of suspicion is a case for compliance, without it our own error', () => {
  expect(consequencesOf('R17', 'QUESTIONABLE')).toMatchObject({ class: 'halt', blocksWithdrawals: true })
  expect(consequencesOf('R17', 'FIELD ERROR')).toMatchObject({ class: 'our_error', endsLink: false })
})
