import { NEW_YORK } from '@paddock/calendar'
import type { IssuedDocument } from './document.ts'
import type {
  ConfirmationFacts,
  DocumentFacts,
  Holder,
  StatementActivity,
  StatementFacts,
  TaxFacts,
} from './document-facts.ts'
import { COST_METHOD, PRICES, RETENTION, SIMULATED } from './firm-details.ts'
import { isSpelledOtherwise } from './printable.ts'
import { printedDay, printedDecimal, printedPrice, printedUsd } from './printed-numbers.ts'
import { type Column, Sheet } from './sheet.ts'

/** The pages of a document. The same facts make the same bytes. */
export async function printDocument(
  { issuedAt }: Pick<IssuedDocument, 'issuedAt'>,
  facts: DocumentFacts,
): Promise<Buffer> {
  if (facts.kind === 'account_statement') return printStatement(facts, issuedAt)
  if (facts.kind === 'trade_confirmation') return printConfirmation(facts, issuedAt)
  return printTaxPack(facts, issuedAt)
}

const left = (title: string, width: number): Column => ({ title, width })
const right = (title: string, width: number): Column => ({ title, width, align: 'right' })

function printStatement(facts: StatementFacts, madeAt: Temporal.Instant): Promise<Buffer> {
  const { holder } = facts
  const period = `${printedDay(facts.period_start)} to ${printedDay(facts.period_end)}`
  const sheet = new Sheet({
    title: 'Account statement',
    subtitle: period,
    foot: `Account ${holder.account_number}  ·  ${period}`,
    madeAt,
  })
  sheet.address(holderLines(holder), [
    ['Account number', holder.account_number],
    ['Statement period', period],
    ['Issued', printedDay(facts.issued_on)],
    ['Currency', 'US dollars'],
  ])
  sheet.heading('Value of the account')
  sheet.table(
    [left('', 3), right('Opening', 2), right('Closing', 2)],
    [
      ['Cash', printedUsd(facts.opening_cash), printedUsd(facts.closing_cash)],
      ['Positions', printedUsd(facts.opening_market_value), printedUsd(facts.closing_market_value)],
    ],
    ['Total value', printedUsd(facts.opening_equity), printedUsd(facts.closing_equity)],
  )
  sheet.heading('Changes in cash')
  sheet.amounts(
    [
      ['Opening cash', printedUsd(facts.opening_cash)],
      ...facts.totals.map(({ name, amount }) => [name, printedUsd(amount)] as const),
    ],
    ['Closing cash', printedUsd(facts.closing_cash)],
  )
  sheet.heading('Positions')
  if (facts.positions.length === 0) sheet.note('There were no positions at the end of the period.')
  else {
    sheet.table(
      [left('Symbol', 1.4), left('Name', 4), right('Quantity', 2), right('Price', 1.7), right('Value', 2)],
      facts.positions.map(({ symbol, name, qty, price, market_value }) => [
        symbol,
        name,
        printedDecimal(qty),
        printedPrice(price),
        printedUsd(market_value),
      ]),
      ['Total', '', '', '', printedUsd(facts.closing_market_value)],
    )
  }
  sheet.heading('Activity')
  if (facts.activities.length === 0) sheet.note('There was no activity in the period.')
  else {
    const change = facts.totals.map(({ amount }) => amount)
    sheet.table(
      [
        left('Date', 1.6),
        left('Settles', 1.6),
        left('Activity', 3.4),
        left('Symbol', 1.2),
        right('Quantity', 1.9),
        right('Price', 1.7),
        right('Amount', 1.9),
      ],
      facts.activities.map((line) => [
        printedDay(line.date),
        printedDay(line.settle_date),
        nameOf(line),
        line.symbol ?? '',
        line.qty === undefined ? '' : printedDecimal(line.qty),
        line.price === undefined ? '' : printedPrice(line.price),
        printedUsd(line.net_amount),
      ]),
      ['Total', '', '', '', '', '', printedUsd(sumUsd(change))],
    )
  }
  closeWith(sheet, facts, [PRICES, RETENTION])
  return sheet.bytes()
}

function printConfirmation(facts: ConfirmationFacts, madeAt: Temporal.Instant): Promise<Buffer> {
  const { holder } = facts
  const day = printedDay(facts.trade_date)
  const sheet = new Sheet({
    title: 'Trade confirmation',
    subtitle: day,
    foot: `Account ${holder.account_number}  ·  Trades of ${day}`,
    madeAt,
  })
  sheet.address(holderLines(holder), [
    ['Account number', holder.account_number],
    ['Trade date', day],
    ['Issued', printedDay(facts.issued_on)],
    ['Executions', String(facts.trades.length)],
  ])
  sheet.heading('Trades')
  sheet.table(
    [
      left('Time', 38),
      left('', 36),
      left('Asset', 94),
      right('Quantity', 56),
      right('Price', 48),
      right('Principal', 52),
      right('Fees', 30),
      right('Net amount', 54),
      left('Settles', 54),
    ],
    facts.trades.map((trade) => [
      timeOf(trade.executed_at),
      trade.side === 'buy' ? 'Bought' : 'Sold',
      `${trade.symbol}  ${trade.name}`,
      printedDecimal(trade.qty),
      printedPrice(trade.price),
      printedUsd(trade.principal),
      printedUsd(trade.fees),
      printedUsd(trade.net_amount),
      printedDay(trade.settle_date),
    ]),
  )
  sheet.heading('Totals')
  sheet.amounts(
    [
      ['Bought', printedUsd(facts.total_bought)],
      ['Sold', printedUsd(facts.total_sold)],
      ['Fees', printedUsd(facts.total_fees)],
    ],
    [
      facts.net_amount.startsWith('-') ? 'Net amount paid' : 'Net amount received',
      printedUsd(facts.net_amount),
    ],
  )
  sheet.heading('Orders')
  sheet.table(
    [left('Asset', 1.2), left('Order', 4), left('Execution', 4)],
    facts.trades.map(({ symbol, order_id, execution_id }) => [symbol, order_id, execution_id]),
  )
  closeWith(sheet, facts, [
    'Times are those of New York. The firm acted as agent in the simulated market: what you paid or received is the price of the execution and the fees shown, and nothing else.',
    RETENTION,
  ])
  return sheet.bytes()
}

function printTaxPack(facts: TaxFacts, madeAt: Temporal.Instant): Promise<Buffer> {
  const { holder, tax_year: year } = facts
  const sheet = new Sheet({
    title: 'Tax information',
    subtitle: `Year ${year}`,
    foot: `Account ${holder.account_number}  ·  Year ${year}`,
    banner: 'SIMULATED, NOT FOR FILING. No tax authority has received these figures.',
    madeAt,
  })
  sheet.address(holderLines(holder), [
    ['Account number', holder.account_number],
    ['Tax year', String(year)],
    ['Issued', printedDay(facts.issued_on)],
    ['Payer', 'Paddock Brokerage (simulated)'],
  ])
  sheet.heading('Summary')
  sheet.amounts([
    ['Proceeds of sales', printedUsd(facts.total_proceeds)],
    ['Fees of sales', printedUsd(facts.total_fees)],
    ['Cost of what was sold', printedUsd(facts.total_cost)],
    ['Realised gain or loss', printedUsd(facts.total_gain)],
    ['Dividends', printedUsd(facts.total_dividends)],
    ['Interest', printedUsd(facts.total_interest)],
    ['Cash in lieu of fractions', printedUsd(facts.total_cash_in_lieu)],
    ['Tax withheld', printedUsd(facts.total_withheld)],
  ])
  sheet.heading('Sales')
  if (facts.sales.length === 0) sheet.note('Nothing was sold in the year.')
  else {
    sheet.table(
      [
        left('Sold', 1.7),
        left('Asset', 3.6),
        right('Quantity', 2),
        right('Proceeds', 1.8),
        right('Fees', 1.2),
        right('Cost', 1.8),
        right('Gain or loss', 1.8),
      ],
      facts.sales.map((sale) => [
        printedDay(sale.date),
        `${sale.symbol}  ${sale.name}`,
        printedDecimal(sale.qty),
        printedUsd(sale.proceeds),
        printedUsd(sale.fees),
        printedUsd(sale.cost),
        printedUsd(sale.gain),
      ]),
      [
        'Total',
        '',
        '',
        ...[facts.total_proceeds, facts.total_fees, facts.total_cost, facts.total_gain].map(printedUsd),
      ],
    )
  }
  sheet.heading('Income')
  if (facts.income.length === 0) sheet.note('There was no income in the year.')
  else {
    sheet.table(
      [left('Date', 1.7), left('Type', 1.4), left('Symbol', 1.4), left('Description', 5), right('Amount', 2)],
      facts.income.map(({ date, activity_type, symbol, description, amount }) => [
        printedDay(date),
        activity_type,
        symbol ?? '',
        description,
        printedUsd(amount),
      ]),
    )
  }
  closeWith(sheet, facts, [COST_METHOD, RETENTION])
  return sheet.bytes()
}

function closeWith(sheet: Sheet, { holder }: { readonly holder: Holder }, notes: readonly string[]): void {
  sheet.heading('About this document')
  for (const note of [SIMULATED, ...notes]) sheet.note(note)
  if ([holder.name, ...holder.address_lines].some(isSpelledOtherwise)) {
    sheet.note(
      'Some letters of the name or address above cannot be printed here. They are spelled in Latin letters, or shown as a question mark; the record of the account has them as they are.',
    )
  }
}

const holderLines = ({ name, address_lines }: Holder) => [name, ...address_lines]

function timeOf(instant: string): string {
  const wall = Temporal.Instant.from(instant).toZonedDateTimeISO(NEW_YORK).toPlainTime()
  return wall.toString({ smallestUnit: 'second' })
}

/** The words for what the statement's lines are; a description says more than the type does. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  ACATC: 'Cash from another broker',
  ACATS: 'Shares from another broker',
  CFEE: 'Crypto fee',
  CIL: 'Cash in lieu',
  CSD: 'Deposit',
  CSW: 'Withdrawal',
  DIV: 'Dividend',
  DIVCGL: 'Long-term capital gain',
  DIVCGS: 'Short-term capital gain',
  DIVNRA: 'Tax withheld from dividend',
  DIVROC: 'Return of capital',
  DIVTXEX: 'Tax-exempt dividend',
  DIVWH: 'Tax withheld from dividend',
  FEE: 'Fee',
  INT: 'Interest',
  JNLC: 'Cash journal',
  JNLS: 'Share journal',
  MA: 'Merger',
  MEM: 'Instant funding',
  NC: 'Name change',
  PTC: 'Pass-through charge',
  REORG: 'Reorganisation',
  SPIN: 'Spin-off',
  SPLIT: 'Split',
  WH: 'Tax withheld',
}

function nameOf({ activity_type, side, description }: StatementActivity): string {
  if (side !== undefined) return side === 'buy' ? 'Bought' : 'Sold'
  const name = TYPE_NAMES[activity_type] ?? activity_type
  return description === '' ? name : `${name}: ${description}`
}

function sumUsd(amounts: readonly string[]): string {
  const minor = amounts.reduce((total, text) => total + BigInt(text.replace('.', '')), 0n)
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0')
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
