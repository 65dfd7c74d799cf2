import { activityName } from './activity-names.ts'
import type { StatementActivity, StatementFacts } from './document-facts.ts'
import { PRICES, RETENTION } from './firm-details.ts'
import { closeWith, holderLines } from './print-frame.ts'
import { printedDay, printedDecimal, printedPrice, printedUsd } from './printed-numbers.ts'
import { left, right, Sheet } from './sheet.ts'

/** The pages of an account statement. */
export function printStatement(facts: StatementFacts, madeAt: Temporal.Instant): Promise<Buffer> {
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
      ...advancesOf(facts),
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
  addPositions(sheet, facts)
  addActivities(sheet, facts)
  closeWith(sheet, facts, [PRICES, RETENTION])
  return sheet.bytes()
}

/** Only who was given something in advance needs the line. */
function advancesOf({ opening_advances, closing_advances }: StatementFacts): string[][] {
  if (opening_advances === '0.00' && closing_advances === '0.00') return []
  return [['Advances to be paid back', printedUsd(opening_advances), printedUsd(closing_advances)]]
}

function addPositions(sheet: Sheet, facts: StatementFacts): void {
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
}

function addActivities(sheet: Sheet, facts: StatementFacts): void {
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
}

function nameOf({ activity_type, side, description }: StatementActivity): string {
  if (side !== undefined) return side === 'buy' ? 'Bought' : 'Sold'
  const name = activityName(activity_type)
  return description === '' ? name : `${name}: ${description}`
}

function sumUsd(amounts: readonly string[]): string {
  const minor = amounts.reduce((total, text) => total + BigInt(text.replace('.', '')), 0n)
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0')
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
