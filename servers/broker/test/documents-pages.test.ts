import { newId } from '@paddock/kernel'
import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import type { AccountId } from '../src/accounts/account.ts'
import { insertActivity } from '../src/activities/book-activity.ts'
import { statementDay } from '../src/documents/issue-documents.ts'
import { printable } from '../src/documents/printable.ts'
import { brokerWorld, FRIDAY_NOON } from './broker-world.ts'

async function readPages(bytes: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: false })
  return text.map((page) => page.replace(/\s+/g, ' '))
}

test('a statement of a thousand lines has all of them, on numbered pages, in little time', async () => {
  await using world = await brokerWorld()
  const id = await world.activeAccount()
  const line = (index: number) => ({
    accountId: id as AccountId,
    id: newId(),
    type: 'INT' as const,
    status: 'executed' as const,
    at: FRIDAY_NOON.add({ minutes: index }),
    settlesOn: Temporal.PlainDate.from('2026-11-20'),
    netAmountMinor: BigInt(index * 2 - 999) as UsdMinor,
    description: `line number ${index} of a statement with rather many words in each of them`,
    details: {},
  })
  await world.db.transaction().execute(async (tx) => {
    for (let index = 0; index < 999; index += 1) await insertActivity(tx, line(index))
    await insertActivity(tx, {
      ...line(999),
      type: 'SPLIT',
      netAmountMinor: 0n as UsdMinor,
      symbol: 'BTC/USD',
      quantityNano: -123_456_789_123_456_789n as QuantityNano,
      priceMicro: 987_654_321_123_456n as PriceMicro,
    })
  })
  await world.advance({ days: 20 })
  const [statement] = await world.must(
    world.call('GET', `/v1/accounts/${id}/documents?type=account_statement`),
  )
  const began = performance.now()
  const answer = await fetch(`${world.broker.url}/v1/documents/${statement.id}`, {
    headers: { authorization: `Basic ${btoa('test-key:test-secret')}` },
  })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect(performance.now() - began).toBeLessThan(5_000)

  const pages = await readPages(bytes)
  expect(pages.length).toBeGreaterThan(20)
  pages.forEach((page, index) => {
    expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
    expect(page).toContain('731000001')
  })
  const text = pages.join(' ')
  for (let index = 0; index < 999; index += 1) {
    expect(text).toContain(`line number ${index} of`)
  }
  // A figure that is too wide for its column is smaller, but whole.
  expect(text).toContain('-123,456,789.123456789')
  expect(text).toContain('987,654,321.123456')
}, 60_000)

test.for([
  ['José Ñuñez-Müller', 'José Ñuñez-Müller'],
  ['Ярослава Щербакова', 'Yaroslava Shcherbakova'],
  ['Αλέξανδρος Παπαδόπουλος', 'Alexandros Papadopoylos'],
  ['Łukasz Wąsik', 'Lukasz Wasik'],
  ['Đặng Thị Hương', 'Dang Thi Huong'],
  ['王小明', '?'],
  ['Ana 王 Lee', 'Ana ? Lee'],
  ['“Smart” quotes – and €', '“Smart” quotes – and €'],
  ['nul\u0000 tab\t bell\u0007', 'nul tab bell'],
  ['👩‍👩‍👧', '?'],
  ['', ''],
] as const)('%s is printed as %s', ([text, expected]) => {
  expect(printable(text)).toBe(expected)
})

test('statements come on the Monday after the first Saturday', () => {
  const days = ['2026-02-10', '2026-03-01', '2026-05-31', '2026-08-15', '2026-11-20', '2027-01-01']
  expect(days.map((day) => statementDay(Temporal.PlainDate.from(day)).toString())).toEqual([
    '2026-02-09',
    '2026-03-09',
    '2026-05-04',
    '2026-08-03',
    '2026-11-09',
    '2027-01-04',
  ])
})
