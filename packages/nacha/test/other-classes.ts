import { type RecordLayout, records, repairAchFile } from '../src/index.ts'
import { header, NORTH, OUR_DFI, OURS, SOUTH, traceOf } from './sample.ts'

/** Files of classes that the writer does not originate, made from the tables; all parties are made up. */
type Raw = Readonly<Record<string, unknown>>

function line(layout: RecordLayout, values: Raw): string {
  const table = records[layout] as unknown as { write(values: Raw): string }
  return `${table.write(values)}\n`
}

const constants = { priorityCode: '01', recordSize: '094', blockingFactor: '10', formatCode: '1' }

const batchHead = {
  serviceClass: '200',
  companyName: 'PINE HARBOR',
  companyDiscretionaryData: '',
  companyId: '1472583690',
  entryDescription: 'PAYMENT',
  descriptiveDate: '',
  effectiveDate: '260303',
  settlementDay: '',
  originatorStatus: '1',
  odfi: OUR_DFI,
  batchNumber: 1,
}

const iatHead = {
  ...batchHead,
  iatIndicator: '',
  exchangeIndicator: 'FF',
  exchangeReferenceIndicator: '3',
  exchangeReference: '',
  destinationCountry: 'PT',
  secCode: 'IAT',
  originatingCurrency: 'USD',
  destinationCurrency: 'EUR',
}

const trace = traceOf(41)
const entrySequence = trace.slice(8)

const entry = {
  transactionCode: '27',
  receivingDfi: NORTH.slice(0, 8),
  checkDigit: NORTH.slice(8),
  accountNumber: '0071429938',
  amountMinor: 6_150n,
  individualId: 'ID-41',
  individualName: 'IRIS CALLOWAY',
  discretionaryData: '',
  addendaIndicator: '0',
  addendaCount: 0,
  traceNumber: trace,
}

const terminal = line('terminalAddenda', {
  reference1: 'SALE',
  reference2: '',
  terminalId: '004417',
  transactionSerial: '000093',
  transactionDate: '0302',
  authorization: '771204',
  terminalLocation: '12 QUAY STREET',
  terminalCity: 'HARBOR TOWN',
  terminalState: 'ME',
  traceNumber: trace,
})

const payment = (text: string) =>
  line('paymentAddenda', { paymentInformation: text, sequenceNumber: 1, entrySequence })

const person = { street: '4 RUA DO CAIS', cityAndState: 'PORTO*\\', countryAndPostalCode: 'PT*4050\\' }
const bank = { name: 'BANCO DO RIO', idQualifier: '01', id: '003500010', branchCountry: 'PT' }

export const iatAddenda = (withRemittance: boolean): string =>
  [
    line('iatAddenda10', {
      transactionTypeCode: 'BUS',
      foreignPaymentAmount: 6_150n,
      foreignTraceNumber: '',
      name: 'INES TAVARES',
      entrySequence,
    }),
    line('iatAddenda11', { name: 'PINE HARBOR', street: '1 PIER ROAD', entrySequence }),
    line('iatAddenda12', {
      cityAndState: 'PORTLAND*ME\\',
      countryAndPostalCode: 'US*04101\\',
      entrySequence,
    }),
    line('iatAddenda13', {
      ...bank,
      name: 'RIVERBEND NATIONAL',
      id: OURS,
      branchCountry: 'US',
      entrySequence,
    }),
    line('iatAddenda14', { ...bank, entrySequence }),
    line('iatAddenda15', { receiverId: '', ...person, entrySequence }),
    line('iatAddenda16', { ...person, entrySequence }),
    ...(withRemittance
      ? [
          line('iatAddenda17', { paymentInformation: 'INVOICE 19', sequenceNumber: 1, entrySequence }),
          line('iatAddenda18', { ...bank, name: 'CORRESPONDENT', sequenceNumber: 1, entrySequence }),
        ]
      : []),
  ].join('')

const iatEntry = line('iatEntryDetail', {
  ...entry,
  addendaCount: 9,
  accountNumber: 'PT50003500010000000412345',
  gatewayOfacIndicator: '0',
  secondaryOfacIndicator: '',
})

const answers = { code: 'R03', originalTrace: traceOf(7), originalReceivingDfi: SOUTH.slice(0, 8) }

const iatReturn = line('iatReturnAddenda', {
  ...answers,
  dateOfDeath: '',
  originalAmountMinor: 6_150n,
  information: '',
  traceNumber: trace,
})

const iatChange = line('iatChangeAddenda', {
  ...answers,
  code: 'C01',
  correctedData: 'PT50003500010000000499999',
  traceNumber: trace,
})

const domestic = (secCode: string, more: Raw, body: string) =>
  line('batchHeader', { ...batchHead, secCode, ...more }) + body

const bodies: Readonly<Record<string, string>> = {
  'arc-converted-check': domestic('ARC', {}, line('checkEntryDetail', { ...entry, individualId: '1180' })),
  'boc-converted-check': domestic('BOC', {}, line('checkEntryDetail', { ...entry, individualId: '1181' })),
  'rck-check-presented-again': domestic(
    'RCK',
    { entryDescription: 'REDEPCHECK' },
    line('checkEntryDetail', { ...entry, individualId: '1182' }),
  ),
  'pop-check-at-the-counter': domestic(
    'POP',
    {},
    line('popEntryDetail', { ...entry, individualId: '1183', terminalCity: 'PORT', terminalState: 'ME' }),
  ),
  'xck-destroyed-check': domestic(
    'XCK',
    { entryDescription: 'NO CHECK', companyName: 'CHECK DESTROYED' },
    line('truncatedCheckEntryDetail', {
      ...entry,
      individualId: '1184',
      processControl: '',
      itemResearchNumber: '881',
    }),
  ),
  'trc-truncated-check': domestic(
    'TRC',
    {},
    line('truncatedCheckEntryDetail', {
      ...entry,
      individualId: '1185',
      processControl: 'A',
      itemResearchNumber: '882',
    }),
  ),
  'trx-many-truncated-checks': domestic(
    'TRX',
    {},
    line('corporateEntryDetail', { ...entry, addendaCount: 1, addendaIndicator: '1' }) +
      payment('CHECKS 1186-1189'),
  ),
  'pos-card-payment': domestic(
    'POS',
    {},
    line('entryDetail', { ...entry, addendaIndicator: '1' }) + terminal,
  ),
  'shr-card-at-a-shared-terminal': domestic(
    'SHR',
    {},
    line('shrEntryDetail', {
      ...entry,
      cardExpires: '0928',
      individualId: '77',
      cardAccountNumber: '6011',
      addendaIndicator: '1',
    }) + terminal,
  ),
  'mte-cash-machine': domestic(
    'MTE',
    {},
    line('customerInitiatedEntryDetail', {
      ...entry,
      individualId: 'CARD 6011 7788 9900 11',
      addendaIndicator: '1',
    }) + terminal,
  ),
  'cie-bill-paid-by-a-customer': domestic(
    'CIE',
    {},
    line('customerInitiatedEntryDetail', {
      ...entry,
      transactionCode: '22',
      individualId: 'ACCOUNT AT THE UTILITY',
    }),
  ),
  'dne-notice-of-a-death': domestic(
    'DNE',
    { originatorStatus: '2' },
    line('entryDetail', { ...entry, transactionCode: '23', amountMinor: 0n, addendaIndicator: '1' }) +
      payment('DATE OF DEATH*022826*CUSTOMERSSN*#########*AMOUNT*$$$$.cc\\'),
  ),
  'enr-enrollment': domestic(
    'ENR',
    { entryDescription: 'AUTOENROLL', effectiveDate: '' },
    line('corporateEntryDetail', {
      ...entry,
      transactionCode: '23',
      amountMinor: 0n,
      individualName: 'AGENCY',
      addendaCount: 1,
      addendaIndicator: '1',
    }) + payment('22*12200004*3*123987654321*777777777*CALLOWAY*IRIS*0\\'),
  ),
  'ack-acknowledgment-of-a-payment': domestic(
    'ACK',
    {},
    line('entryDetail', {
      ...entry,
      transactionCode: '24',
      amountMinor: 0n,
      individualId: traceOf(3),
      addendaIndicator: '1',
    }) + payment('OK'),
  ),
  'atx-acknowledgment-with-addenda': domestic(
    'ATX',
    {},
    line('corporateEntryDetail', {
      ...entry,
      transactionCode: '24',
      amountMinor: 0n,
      individualId: traceOf(3),
      individualName: 'LANTERN',
      addendaCount: 1,
      addendaIndicator: '1',
    }) + payment('OK'),
  ),
  'ccd-zero-dollar-with-remittance': domestic(
    'CCD',
    {},
    line('entryDetail', { ...entry, transactionCode: '24', amountMinor: 0n, addendaIndicator: '1' }) +
      payment('BPR*Z*0\\'),
  ),
  'adv-accounting-advice': domestic(
    'ADV',
    { serviceClass: '280', originatorStatus: '0' },
    ['81', '82']
      .map((transactionCode, at) =>
        line('advEntryDetail', {
          ...entry,
          transactionCode,
          amountMinor: 900_000_000_000n,
          adviceRoutingNumber: SOUTH,
          fileIdentification: '00007',
          operatorData: '',
          individualName: 'RIVERBEND NATIONAL',
          operatorDfi: NORTH.slice(0, 8),
          adviceDay: '061',
          sequenceNumber: `000${at + 1}`,
        }),
      )
      .join(''),
  ),
  'iat-payment-abroad': line('iatBatchHeader', iatHead) + iatEntry + iatAddenda(true),
  'iat-return-r03':
    line('iatBatchHeader', { ...iatHead, settlementDay: '064' }) +
    iatEntry.replace('627', '626') +
    iatAddenda(false) +
    iatReturn,
  'iat-correction-c01':
    line('iatBatchHeader', { ...iatHead, iatIndicator: 'IATCOR', secCode: 'COR', settlementDay: '064' }) +
    line('iatEntryDetail', {
      ...entry,
      transactionCode: '26',
      amountMinor: 0n,
      addendaCount: 1,
      accountNumber: 'PT50003500010000000412345',
      gatewayOfacIndicator: '0',
      secondaryOfacIndicator: '',
    }) +
    iatChange,
}

/** Every file, by a name that says what it is. The controls are put in by the repair. */
export function otherClasses(): { name: string; text: string }[] {
  const head = line('fileHeader', { ...constants, ...header })
  return Object.entries(bodies).map(([name, body]) => {
    const repair = repairAchFile(head + body)
    if (repair.text === undefined) throw new Error(`${name} cannot be made: ${JSON.stringify(repair.losses)}`)
    return { name, text: repair.text }
  })
}
