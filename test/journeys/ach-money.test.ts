import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { AchDrop } from '@paddock/ach-drop'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { achCustomer } from '../support/ach-customer.ts'
import { newPlace, type RunningStack, runCommand, startStackProcess } from '../support/running-stack.ts'

/** Money by ACH through three real servers and the file drop between two of them. */
let place: Awaited<ReturnType<typeof newPlace>>
let stack: RunningStack

beforeAll(async () => {
  place = await newPlace()
  stack = await startStackProcess(place, ['--no-demo'])
}, 120_000)

afterAll(async () => {
  await stack?.stop()
  await place?.[Symbol.asyncDispose]()
})

interface Happened {
  happened: { at: string; server: string; queue: string }[]
}

test('a deposit and a withdrawal go from the call to the file, the bank and both books', async () => {
  const ada = await achCustomer(stack, 'ach-ada@example.org', 5000)
  const deposit = await ada.transfer('1000', 'INCOMING')
  expect(await ada.bankBalance()).toBe(5000)
  const { happened } = (await ada.advance({ days: 5 })) as Happened
  expect(happened.map(({ at }) => at)).toEqual(happened.map(({ at }) => at).toSorted())
  expect([...new Set(happened.map(({ server }) => server))].toSorted()).toEqual(['bank', 'broker'])
  expect(await ada.transferOf(deposit.id)).toMatchObject({ status: 'COMPLETE' })
  expect(await ada.cash()).toBe('1000')
  expect(await ada.bankBalance()).toBe(4000)

  const trace = await ada.ops(`ach/trace?transfer_id=${deposit.id}`)
  expect(trace.attempts).toMatchObject([
    {
      file: { status: 'ACCEPTED' },
      batch: { description: 'DEPOSIT' },
      entry: { amount: '1000', status: 'BOUND' },
    },
  ])
  const [{ entry, acknowledgement, statement_lines }] = trace.attempts
  expect(acknowledgement).not.toBeNull()
  expect(statement_lines).toHaveLength(1)
  expect(trace.ledger.length).toBeGreaterThan(0)

  await ada.advance({ days: 14 })
  const withdrawal = await ada.transfer('250.50', 'OUTGOING')
  await ada.advance({ days: 6 })
  expect(await ada.transferOf(withdrawal.id)).toMatchObject({ status: 'COMPLETE' })
  expect(await ada.cash()).toBe('749.5')
  expect(await ada.bankBalance()).toBe(4250.5)

  const { accounts } = (await ada.bank('bank-accounts')) as { accounts: { id: string; balance: string }[] }
  const account = accounts.find(({ balance }) => balance === '4250.50')
  const { entries } = (await ada.bank(`bank-accounts/${account?.id}`)) as { entries: object[] }
  expect(entries).toMatchObject([
    { description: 'PADDOCK WITHDRAWAL', amount: '250.50' },
    { description: 'PADDOCK DEPOSIT', amount: '-1000.00', reference: entry.individual_id },
    { description: 'OPENING BALANCE', amount: '5000.00' },
  ])
})

test('a deposit that the account does not cover counts until its bank sends it back, two banking days later', async () => {
  const ben = await achCustomer(stack, 'ach-ben@example.org', 100)
  const deposit = await ben.transfer('100.01', 'INCOMING')
  const returned = async () => {
    const { answers } = (await ben.bank('ach')) as { answers: { code: string; due_at: string }[] }
    return answers.find(({ code }) => code === 'R01')
  }
  for (let days = 0; days < 7 && (await returned()) === undefined; days += 1) await ben.advance({ days: 1 })
  expect(await ben.transferOf(deposit.id)).toMatchObject({ status: 'COMPLETE' })
  expect(await ben.cash()).toBe('100.01')
  const dueAt = Temporal.Instant.from((await returned())?.due_at ?? '')
  await ben.advance({ to: dueAt.toString() })
  expect(await ben.transferOf(deposit.id)).toMatchObject({ status: 'COMPLETE' })
  await ben.advance({ to: dueAt.add({ minutes: 30 }).toString() })
  expect(await ben.transferOf(deposit.id)).toMatchObject({ status: 'RETURNED' })
  expect(await ben.cash()).toBe('0')
  expect(await ben.bankBalance()).toBe(100)
  const { attempts } = await ben.ops(`ach/trace?transfer_id=${deposit.id}`)
  expect(attempts).toMatchObject([{ answers: [{ kind: 'RETURN', code: 'R01', state: 'APPLIED' }] }])
})

test('a number that the bank corrected stands in the next entry, and reaches the same account', async () => {
  const cleo = await achCustomer(stack, 'ach-cleo@example.org', 20_000)
  const first = await cleo.transfer('5050.01', 'INCOMING')
  await cleo.advance({ days: 8 })
  expect(await cleo.transferOf(first.id)).toMatchObject({ status: 'COMPLETE' })
  const second = await cleo.transfer('10', 'INCOMING')
  await cleo.advance({ days: 8 })
  expect(await cleo.transferOf(second.id)).toMatchObject({ status: 'COMPLETE' })
  expect(await cleo.bankBalance()).toBe(20_000 - 5050.01 - 10)
  const { attempts } = await cleo.ops(`ach/trace?transfer_id=${first.id}`)
  expect(attempts).toMatchObject([{ answers: [{ kind: 'CORRECTION', code: 'C01', state: 'APPLIED' }] }])

  const numberIn = async (id: string) => {
    const [{ file, entry }] = (await cleo.ops(`ach/trace?transfer_id=${id}`)).attempts
    return (await fileText(file.name)).split('\n')[entry.line - 1]?.slice(12, 29).trim() ?? ''
  }
  const [before, after] = [await numberIn(first.id), await numberIn(second.id)]
  expect(before).toMatch(/^\d{12}$/)
  expect(after).toBe(`${before.startsWith('7') ? '6' : '7'}${before.slice(1)}`)
})

/** What lay in the drop under this name. */
async function fileText(name: string): Promise<string> {
  const secrets = JSON.parse(await readFile(path.join(place.dataDir, 'secrets.json'), 'utf8'))
  const keys = [Buffer.from(secrets.ach_file_key, 'base64')]
  const drop = await AchDrop.open({ folder: path.join(place.dataDir, 'ach'), keys })
  return (await drop.outbound.find(name))?.toString('utf8') ?? ''
}

test('after all of it the books of broker and banks are right, and the reconciliation finds nothing', async () => {
  const dora = await achCustomer(stack, 'ach-dora@example.org', 1000)
  await dora.advance({ days: 3 })
  expect(await dora.ops('reconciliation')).toMatchObject({ agrees: true, breaks: [] })
  const { code, output } = await runCommand(place, 'verify-command')
  expect(output).toContain(' 0 broken')
  expect(code).toBe(0)
})
