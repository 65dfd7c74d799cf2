import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Column } from './column.ts'
import { FieldRefused, type RecordTable } from './record.ts'
import { type RecordLayout, records, tableOf } from './records.ts'

const layouts = Object.keys(records) as RecordLayout[]

const signs = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at))
const digit = fc.constantFrom(...'0123456789')

function anyValueOf(column: Column): fc.Arbitrary<unknown> {
  switch (column.kind) {
    case 'text':
      return fc
        .string({ unit: fc.constantFrom(...signs), maxLength: column.width })
        .map((text) => text.trimEnd())
    case 'digits':
      return fc.string({ unit: digit, minLength: column.width, maxLength: column.width })
    case 'count':
      return fc.nat({ max: Math.min(10 ** column.width - 1, 2 ** 31 - 1) })
    case 'amount':
      return fc.bigInt({ min: 0n, max: 10n ** BigInt(column.width) - 1n })
    default:
      return fc.constant(column.preset)
  }
}

const valuesOf = (table: RecordTable) =>
  fc.record(Object.fromEntries(table.columns.map(({ name, column }) => [name, anyValueOf(column)])))

test.for(layouts)('%s writes 94 characters that read back as what was written', (layout) => {
  const table = tableOf(layout)
  fc.assert(
    fc.property(valuesOf(table), (values) => {
      const line = table.write(values)
      expect(line).toMatch(/^[\x20-\x7e]{94}$/)
      const read = table.read(line) as Record<string, unknown>
      for (const { name, column } of table.columns) {
        if (column.kind !== 'reserved') expect(read[name]).toBe(values[name])
      }
      expect(table.write(read)).toBe(line)
    }),
    { numRuns: 30 },
  )
})

test.for(layouts)('%s refuses what does not fit by the name of the column, and cuts nothing', (layout) => {
  const table = tableOf(layout)
  const [values] = fc.sample(valuesOf(table), { numRuns: 1, seed: 7 })
  for (const { name, column } of table.columns) {
    if (column.kind === 'literal') continue
    const tooMuch: Readonly<Record<Column['kind'], unknown>> = {
      text: 'A'.repeat(column.width + 1),
      reserved: 'A'.repeat(column.width + 1),
      digits: '1'.repeat(column.width + 1),
      count: 10 ** column.width,
      amount: 10n ** BigInt(column.width),
      literal: '',
    }
    const write = () => table.write({ ...values, [name]: tooMuch[column.kind] })
    expect(write, name).toThrow(FieldRefused)
    expect(write).toThrow(`${table.name}: ${name} `)
  }
})

test.for(layouts)('%s explains every column', (layout) => {
  for (const { name, column } of tableOf(layout).columns) expect(column.about.length, name).toBeGreaterThan(3)
})

test('a value that is missing, negative or not plain is refused', () => {
  const { write } = tableOf('entryDetail')
  const good = {
    transactionCode: '27',
    receivingDfi: '08240191',
    checkDigit: '5',
    accountNumber: '71',
    amountMinor: 1n,
    individualId: '',
    individualName: 'A',
    discretionaryData: '',
    addendaIndicator: '0',
    traceNumber: '061100770000001',
  }
  expect(write(good)).toHaveLength(94)
  expect(() => write({ ...good, amountMinor: -1n })).toThrow('amountMinor must be a whole number of cents')
  expect(() => write({ ...good, amountMinor: 1.5 })).toThrow('amountMinor must be a whole number of cents')
  expect(() => write({ ...good, individualName: 'Zoë' })).toThrow(
    'individualName has a character outside plain ASCII',
  )
  expect(() => write({ ...good, individualName: 'A\nB' })).toThrow('individualName has a character outside')
  expect(() => write({ ...good, transactionCode: '2' })).toThrow('transactionCode must be exactly 2 digits')
  expect(() => write({ ...good, individualName: undefined })).toThrow('individualName is missing')
})

test('the columns stand where the format has them', () => {
  const places = (layout: RecordLayout) =>
    Object.fromEntries(
      tableOf(layout).columns.map(({ name, start, column }) => [name, `${start}+${column.width}`]),
    )
  expect(places('fileHeader')).toMatchObject({
    creationDate: '24+6',
    fileIdModifier: '34+1',
    referenceCode: '87+8',
  })
  expect(places('batchHeader')).toMatchObject({
    secCode: '51+3',
    effectiveDate: '70+6',
    settlementDay: '76+3',
    odfi: '80+8',
  })
  expect(places('iatBatchHeader')).toMatchObject({
    destinationCountry: '39+2',
    secCode: '51+3',
    originatingCurrency: '64+3',
  })
  expect(places('entryDetail')).toMatchObject({
    accountNumber: '13+17',
    amountMinor: '30+10',
    individualName: '55+22',
    traceNumber: '80+15',
  })
  expect(places('corporateEntryDetail')).toMatchObject({ addendaCount: '55+4', individualName: '59+16' })
  expect(places('customerInitiatedEntryDetail')).toMatchObject({
    individualName: '40+15',
    individualId: '55+22',
  })
  expect(places('iatEntryDetail')).toMatchObject({
    addendaCount: '13+4',
    accountNumber: '40+35',
    gatewayOfacIndicator: '77+1',
  })
  expect(places('advEntryDetail')).toMatchObject({
    accountNumber: '13+15',
    amountMinor: '28+12',
    sequenceNumber: '91+4',
  })
  expect(places('returnAddenda')).toMatchObject({
    dateOfDeath: '22+6',
    originalReceivingDfi: '28+8',
    information: '36+44',
  })
  expect(places('dishonorAddenda')).toMatchObject({
    returnTrace: '39+15',
    returnCode: '57+2',
    information: '59+21',
  })
  expect(places('contestAddenda')).toMatchObject({
    originalSettlementDay: '36+3',
    dishonorTrace: '59+15',
    dishonorCode: '77+2',
  })
  expect(places('refusedChangeAddenda')).toMatchObject({
    correctedData: '36+29',
    changeCode: '65+3',
    traceSequence: '68+7',
  })
  expect(places('batchControl')).toMatchObject({
    entryHash: '11+10',
    totalCreditMinor: '33+12',
    odfi: '80+8',
  })
  expect(places('fileControl')).toMatchObject({ entryAddendaCount: '14+8', totalDebitMinor: '32+12' })
})
