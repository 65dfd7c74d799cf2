import type { Speed } from './measure.ts'

/** One line of the table: the ledger between the plain loop below it and the raw insert above it. */
export type Line = {
  readonly accounts: number
  readonly writers: number
  readonly batch: number
  readonly ledger: Speed
  readonly plain: Speed
  readonly raw: Speed
}

const columns = [
  'accounts',
  'writers',
  'batch',
  'ledger/s',
  'p50 ms',
  'plain/s',
  'raw/s',
  'x plain',
  'of raw',
]
const widths = [9, 8, 6, 10, 9, 9, 9, 9, 8]

export const heading = row(columns)

export function lineText({ accounts, writers, batch, ledger, plain, raw }: Line): string {
  return row([
    accounts,
    writers,
    batch,
    ledger.transfersPerSecond,
    ledger.batchP50Ms,
    plain.transfersPerSecond,
    raw.transfersPerSecond,
    `${(ledger.transfersPerSecond / plain.transfersPerSecond).toFixed(1)}x`,
    `${Math.round((100 * ledger.transfersPerSecond) / raw.transfersPerSecond)}%`,
  ])
}

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, index) => String(cell).padStart(widths[index] ?? 0)).join('')
}
