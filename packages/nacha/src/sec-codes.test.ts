import { expect, test } from 'vitest'
import { otherClasses } from '../test/other-classes.ts'
import { NORTH, traceOf } from '../test/sample.ts'
import { sliceFile } from '../test/slicing.ts'
import { describeFact } from './describe.ts'
import { factsOf } from './facts.ts'
import { readAchFile } from './read-file.ts'
import { renderAchFile } from './render-file.ts'
import { secCodes } from './sec-codes.ts'

const files = otherClasses()

test.for(files)('$name is read, totalled, shown and written back to the byte', ({ text, name }) => {
  const { valid, findings, file, totals } = readAchFile(text, { mode: 'strict' })
  expect([valid, findings]).toEqual([true, []])
  expect(renderAchFile(file)).toBe(text)
  if (!name.startsWith('adv')) {
    const { file: witness } = sliceFile(text)
    expect(totals).toMatchObject({
      debitMinor: witness.debit,
      creditMinor: witness.credit,
      entryHash: witness.hash,
    })
  }
  for (const fact of factsOf(file)) {
    expect(fact.kind).not.toBe('unreadable')
    expect(describeFact(fact)).toMatch(/^[A-Z].*\.$/)
  }
})

const factOf = (name: string) => {
  const text = files.find((one) => one.name === name)?.text ?? ''
  return [...factsOf(readAchFile(text, { mode: 'strict' }).file)][0]
}

test('name and identifier of CIE and MTE are read from their own columns', () => {
  expect(factOf('cie-bill-paid-by-a-customer')).toMatchObject({
    individualName: 'IRIS CALLOWAY',
    individualId: 'ACCOUNT AT THE UTILITY',
    direction: 'credit',
  })
  expect(factOf('mte-cash-machine')).toMatchObject({ individualId: 'CARD 6011 7788 9900 11' })
})

test('an international entry has its long account and the name of its first addenda', () => {
  expect(factOf('iat-payment-abroad')).toMatchObject({
    kind: 'forward',
    secCode: 'IAT',
    accountNumber: 'PT50003500010000000412345',
    individualName: 'INES TAVARES',
    amountMinor: 6_150n,
    payments: ['INVOICE 19'],
  })
  expect(factOf('iat-return-r03')).toMatchObject({ kind: 'return', code: 'R03', originalTrace: traceOf(7) })
  expect(factOf('iat-correction-c01')).toMatchObject({
    kind: 'correction',
    code: 'C01',
    correctedText: 'PT50003500010000000499999',
  })
})

test('advices are credits when odd, debits when even, and their totals have twenty digits', () => {
  const text = files.find(({ name }) => name === 'adv-accounting-advice')?.text ?? ''
  const { totals, file } = readAchFile(text, { mode: 'strict' })
  expect(totals).toMatchObject({ creditMinor: 900_000_000_000n, debitMinor: 900_000_000_000n })
  expect(file.control?.layout).toBe('advFileControl')
  expect(factOf('adv-accounting-advice')).toMatchObject({
    direction: 'credit',
    accountType: 'advice',
    traceNumber: `${NORTH.slice(0, 8)}0610001`,
  })
})

test('every class of the table has a file in these tests', () => {
  const tried = new Set(files.map(({ name }) => name.slice(0, 3).toUpperCase()))
  const elsewhere = ['PPD', 'WEB', 'TEL', 'CTX', 'COR']
  expect([...secCodes.keys()].filter((code) => !tried.has(code) && !elsewhere.includes(code))).toEqual([])
})
