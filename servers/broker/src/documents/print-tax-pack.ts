import { activityName } from './activity-names.ts'
import type { TaxFacts } from './document-facts.ts'
import { COST_METHOD, RETENTION } from './firm-details.ts'
import { closeWith, holderLines } from './print-frame.ts'
import { printedDay, printedDecimal, printedUsd } from './printed-numbers.ts'
import { left, right, Sheet } from './sheet.ts'

/** The pages of a year's sales and income. */
export function printTaxPack(facts: TaxFacts, madeAt: Temporal.Instant): Promise<Buffer> {
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
    ['Currency', 'US dollars'],
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
  addSales(sheet, facts)
  addIncome(sheet, facts)
  closeWith(sheet, facts, [COST_METHOD, RETENTION])
  return sheet.bytes()
}

function addSales(sheet: Sheet, facts: TaxFacts): void {
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
}

function addIncome(sheet: Sheet, facts: TaxFacts): void {
  sheet.heading('Income')
  if (facts.income.length === 0) sheet.note('There was no income in the year.')
  else {
    sheet.table(
      [left('Date', 1.7), left('Type', 3), left('Symbol', 1.3), left('Description', 4.2), right('Amount', 2)],
      facts.income.map(({ date, activity_type, symbol, description, amount }) => [
        printedDay(date),
        activityName(activity_type),
        symbol ?? '',
        description,
        printedUsd(amount),
      ]),
    )
  }
}
