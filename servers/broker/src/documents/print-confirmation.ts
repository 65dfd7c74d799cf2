import { NEW_YORK } from '@paddock/calendar'
import type { ConfirmationFacts } from './document-facts.ts'
import { RETENTION } from './firm-details.ts'
import { closeWith, holderLines } from './print-frame.ts'
import { printedDay, printedDecimal, printedPrice, printedUsd } from './printed-numbers.ts'
import { left, right, Sheet } from './sheet.ts'

/** The page of a day's trades. */
export function printConfirmation(facts: ConfirmationFacts, madeAt: Temporal.Instant): Promise<Buffer> {
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
    ['Currency', 'US dollars'],
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
      right('Settles', 54),
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
      printedUsd(facts.net_amount.replace('-', '')),
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

function timeOf(instant: string): string {
  const wall = Temporal.Instant.from(instant).toZonedDateTimeISO(NEW_YORK).toPlainTime()
  return wall.toString({ smallestUnit: 'second' })
}
