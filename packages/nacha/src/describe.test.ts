import { expect, test } from 'vitest'
import { answerFile, ccdBatch, debit, fileOf, original, ppdBatch, webBatch } from '../test/sample.ts'
import { describeFact, formatCents, formatDay, maskAccount } from './describe.ts'
import { factsOf } from './facts.ts'
import type { EntryPlan } from './plan.ts'
import { readAchFile } from './read-file.ts'

const sentences = (text: string) =>
  [...factsOf(readAchFile(text, { mode: 'tolerant' }).file)].map(describeFact)
const answered = (addenda: NonNullable<EntryPlan['addenda']>[number], secCode: 'WEB' | 'COR' = 'WEB') =>
  sentences(answerFile(secCode, { addenda: [addenda] }))[0]

test('an entry is one plain sentence, its account masked', () => {
  expect(sentences(fileOf(webBatch, ppdBatch, ccdBatch))).toEqual([
    'Take $412.75 from checking ····9938 of IRIS CALLOWAY on 3 Mar 2026.',
    'Pay $88,000.01 to savings ····-117 of OTIS MARLOWE on 3 Mar 2026.',
    'Take $412.75 from checking ····9938 of LANTERN WORKS LLC on 3 Mar 2026.',
  ])
  const prenote = { ...debit, transactionCode: '38', amountMinor: 0n }
  expect(sentences(fileOf({ ...webBatch, entries: [prenote] }))).toEqual([
    'Test whether savings ····9938 of IRIS CALLOWAY can take a debit on 3 Mar 2026.',
  ])
})

test('answers say what came back, and why', () => {
  expect(answered({ kind: 'return', code: 'R01', ...original })).toBe(
    'Returned R01 (not enough money in the account): $412.75 taken from checking ····9938 of IRIS CALLOWAY, entry 061100770000311.',
  )
  expect(
    answered({ kind: 'return', code: 'R15', dateOfDeath: '260227', information: 'SORRY', ...original }),
  ).toContain('; date of death 27 Feb 2026; the bank says "SORRY".')
  const corrected = {
    kind: 'correction',
    code: 'C06',
    ...original,
    correctedData: '0071429939          37',
  } as const
  expect(answered(corrected, 'COR')).toBe(
    'Correct C06 (account number and transaction code) of checking ····9938 of IRIS CALLOWAY: it is account ····9939, savings, entry 061100770000311.',
  )
  expect(answered({ ...corrected, correctedData: '?' }, 'COR')).toContain(
    'a person must read the corrected data',
  )
})

test('signs that steer a terminal do not reach it', () => {
  const text = fileOf(ppdBatch).replace('OTIS MARLOWE', 'OTIS\u001b[31mOWE')
  expect(sentences(text)[0]).toContain('OTIS?[31mOWE')
})

test('amounts, days and accounts are written for people', () => {
  expect([0n, 5n, 100n, 99_999_999_999n].map(formatCents)).toEqual([
    '$0.00',
    '$0.05',
    '$1.00',
    '$999,999,999.99',
  ])
  expect(formatDay('261124')).toBe('24 Nov 2026')
  expect(formatDay('soon')).toBe('soon')
  expect(['12345', '1234', ''].map(maskAccount)).toEqual(['····2345', '····', '····'])
})
