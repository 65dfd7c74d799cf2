import type { BatchTally, EntryCategory } from './batch-tally.ts'
import { checkAddenda } from './check-addenda.ts'
import { categoryOf, checkCategory, checkEntry } from './check-entry.ts'
import type { AchEntry } from './file.ts'
import type { FindingLog } from './finding-log.ts'
import type { SourceLine } from './line-source.ts'
import { readAddenda, readEntry } from './read-records.ts'

/** An entry and the lines that followed it so far. */
export interface PendingEntry {
  line: SourceLine
  addenda: string[]
}

/** Reads an entry with all its addenda, and tells what is wrong with it in the order of its lines. */
export function readPendingEntry(
  log: FindingLog,
  { line, addenda: lines }: PendingEntry,
  batch: BatchTally,
): { entry: AchEntry; category: EntryCategory } {
  const unreadable: string[] = []
  const detail = readEntry(batch.layout, line.text, (column) => {
    unreadable.push(column.name)
    // These two have rules of their own.
    if (column.name === 'receivingDfi' || column.name === 'transactionCode') return
    log.unreadable(
      column.name === 'amountMinor' ? '17-amount' : '26-field',
      line.number,
      batch.layout,
      column,
    )
  })
  const addenda = lines.map((text, index) =>
    readAddenda(text, batch.isIat, (column, layout) => {
      log.unreadable('26-field', line.number + index + 1, layout, column)
    }),
  )
  const entry: AchEntry = { line: line.number, detail, addenda, unreadable }
  const category = categoryOf(entry)
  checkEntry(log, entry, batch, category)
  checkCategory(log, entry, batch, category)
  checkAddenda(log, entry, batch, category)
  return { entry, category }
}
