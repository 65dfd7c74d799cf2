import { formatUsd } from '@paddock/money'
import PDFDocument from 'pdfkit'
import type { Account } from '../items/item.ts'
import type { ToldTransaction } from '../transactions/told-transaction.ts'

/** What stands on the statement of a month. Balances as the account shows them: of debts what is owed. */
export interface PrintedStatement {
  institutionName: string
  account: Account
  month: Temporal.PlainYearMonth
  postedOn: Temporal.PlainDate
  /** The oldest first. */
  lines: readonly ToldTransaction[]
  openingMinor: bigint
  closingMinor: bigint
}

const MARGIN = 54
const ROW = 15
const COLUMNS = [0, 80, 404] as const
const AMOUNT_WIDTH = 100

/** The pages of a statement. Made of nothing but what is on them: the same statement is the same bytes. */
export async function printStatement(printed: PrintedStatement): Promise<Buffer> {
  const { institutionName, account, month, postedOn, openingMinor, closingMinor } = printed
  const title = `${account.name}, ${month}`
  const made = new Date(postedOn.toZonedDateTime('UTC').epochMilliseconds)
  const pdf = new PDFDocument({
    size: 'LETTER',
    margin: MARGIN,
    lang: 'en-US',
    displayTitle: true,
    info: { Title: printable(title), Author: institutionName, CreationDate: made },
  })
  const chunks: Buffer[] = []
  const ended = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })

  pdf.font('Helvetica-Bold').fontSize(16).text(institutionName)
  pdf.font('Helvetica').fontSize(9).text('A simulated bank. No real money.').moveDown()
  pdf.fontSize(11).text(printable(account.owners.flatMap(({ names }) => names).join(', ')))
  pdf.text(printable(`${account.officialName ?? account.name}, ending in ${account.mask}`))
  pdf.text(`Statement for ${month}, posted on ${postedOn}`).moveDown()

  const rows: (readonly [string, string, bigint])[] = [
    ['', 'Balance at the beginning', openingMinor],
    ...printed.lines.map(({ date, name, amountMinor }) => [date.toString(), name, amountMinor] as const),
    ['', 'Balance at the end', closingMinor],
  ]
  pdf.fontSize(9)
  for (const [place, row] of rows.entries()) {
    const isBalance = place === 0 || place === rows.length - 1
    writeRow(pdf.font(isBalance ? 'Helvetica-Bold' : 'Helvetica'), row, account.currency)
  }
  pdf.end()
  return ended
}

function writeRow(
  pdf: PDFKit.PDFDocument,
  [date, name, amountMinor]: readonly [string, string, bigint],
  currency: string,
): void {
  if (pdf.y + ROW > pdf.page.height - MARGIN) pdf.addPage()
  const { y } = pdf
  const at = (column: 0 | 1 | 2) => MARGIN + COLUMNS[column]
  pdf.text(date, at(0), y, { lineBreak: false })
  pdf.text(printable(name).slice(0, 60), at(1), y, { lineBreak: false })
  pdf.text(`${formatUsd(amountMinor)} ${currency}`, at(2), y, {
    width: AMOUNT_WIDTH,
    align: 'right',
    lineBreak: false,
  })
  pdf.x = MARGIN
  pdf.y = y + ROW
}

/** The letters that readers bring along; a name in others is written with question marks. */
function printable(text: string): string {
  return text.replaceAll(/[^\u0020-\u007e\u00a0-\u00ff]/gu, '?')
}
