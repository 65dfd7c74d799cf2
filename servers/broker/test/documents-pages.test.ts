import { newId } from '@paddock/kernel'
import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import type { AccountId } from '../src/accounts/account.ts'
import { insertActivity } from '../src/activities/book-activity.ts'
import type { StatementFacts } from '../src/documents/document-facts.ts'
import { statementDay } from '../src/documents/issue-documents.ts'
import { printDocument } from '../src/documents/print-document.ts'
import { printable } from '../src/documents/printable.ts'
import { brokerWorld, FRIDAY_NOON } from './broker-world.ts'

async function readPages(bytes: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: false })
  return text.map((page) => page.replace(/\s+/g, ' '))
}

/** Nothing happened to this holder. */
function statementOf(name: string): StatementFacts {
  return {
    kind: 'account_statement',
    holder: { name, address_lines: ['Улица Чехова 7', 'USA'], account_number: '731000001' },
    account_id: '00000000-0000-4000-8000-000000000001',
    issued_on: '2026-12-07',
    period_start: '2026-11-01',
    period_end: '2026-11-30',
    opening_cash: '0.00',
    closing_cash: '0.00',
    opening_advances: '0.00',
    closing_advances: '0.00',
    opening_market_value: '0.00',
    closing_market_value: '0.00',
    opening_equity: '0.00',
    closing_equity: '0.00',
    totals: [],
    positions: [],
    activities: [],
  }
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

test('a statement shows the letters of Latin, Greek and Cyrillic as they are, in a small file', async () => {
  const issuedAt = FRIDAY_NOON
  const bytes = await printDocument({ issuedAt }, statementOf('Łukasz Ньюман Ελένη'))
  expect(bytes.length).toBeLessThan(25_000)
  const [page] = await readPages(new Uint8Array(bytes))
  expect(page).toContain('Łukasz Ньюман Ελένη')
  expect(page).toContain('Улица Чехова 7')
  expect(page).not.toContain('cannot be printed')

  const [incomplete] = await readPages(
    new Uint8Array(await printDocument({ issuedAt }, statementOf('Ana 王 Lee'))),
  )
  expect(incomplete).toContain('Ana ? Lee')
  expect(incomplete).toContain('cannot be printed')
})

test.for([
  ['José Ñuñez-Müller', 'José Ñuñez-Müller'],
  ['Ярослава Щербакова', 'Ярослава Щербакова'],
  ['Αλέξανδρος Παπαδόπουλος', 'Αλέξανδρος Παπαδόπουλος'],
  ['Łukasz Wąsik', 'Łukasz Wąsik'],
  ['Đặng Thị Hương', 'Đặng Thị Hương'],
  ['ｆｕｌｌ ｗｉｄｔｈ', 'full width'],
  ['שרה 12', '? 12'],
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
