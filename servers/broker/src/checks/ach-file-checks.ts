import { createHash } from 'node:crypto'
import { SealedFile } from '@paddock/ach-drop'
import type { Check } from '@paddock/ledger'
import { sql } from 'kysely'
import { type PlainEntry, readPlainly } from './ach-file-text.ts'

type FileRow = {
  id: string
  name: string
  sha256: string
  body: Buffer
  batches: number
  entries: number
  debits: bigint
  credits: bigint
}

type EntryRow = {
  line_number: number
  transaction_code: string
  amount: bigint
  individual_id: string
  trace_number: string
}

const AT_ONCE = 20
const MOST_SHOWN = 20

/** What must be true of the texts of ACH files; it needs the keys of the settings, which open them. */
export function achFileChecks(fileKeys: readonly Buffer[]): Check[] {
  const sealed = new SealedFile(fileKeys)
  return [
    {
      id: 'I37',
      title: 'the arithmetic of every ACH file is right, line by line, and its rows say what its text does',
      async run(db) {
        const violations: string[] = []
        for (let last = ''; violations.length < MOST_SHOWN; ) {
          const { rows: files } = await sql<FileRow>`
            select id::text as id, name, sha256, body, batches, entries, debits_minor as debits,
              credits_minor as credits
            from ach_files where id::text > ${last} order by id::text limit ${AT_ONCE}`.execute(db)
          for (const file of files) {
            const { rows: entries } = await sql<EntryRow>`
              select line_number, transaction_code, amount_minor as amount, individual_id, trace_number
              from ach_entries where file_id = ${file.id}::uuid order by line_number`.execute(db)
            violations.push(...problemsOf(sealed, file, entries).map((what) => `${file.name}: ${what}`))
          }
          if (files.length < AT_ONCE) break
          last = files.at(-1)?.id ?? ''
        }
        return violations.slice(0, MOST_SHOWN)
      },
    },
  ]
}

function problemsOf(sealed: SealedFile, file: FileRow, entries: readonly EntryRow[]): string[] {
  let bytes: Buffer
  try {
    bytes = sealed.open(file.body, `ach_files/${file.id}`)
  } catch {
    return ['the stored text does not open']
  }
  const problems: string[] = []
  if (createHash('sha256').update(bytes).digest('hex') !== file.sha256) {
    problems.push('the stored text is not the one that was sealed')
  }
  const plain = readPlainly(bytes.toString('latin1'))
  problems.push(...plain.problems)
  const told: [string, bigint, bigint][] = [
    ['batches', BigInt(file.batches), BigInt(plain.batches)],
    ['entries', BigInt(file.entries), BigInt(plain.entries.length)],
    ['debits', file.debits, plain.debitsMinor],
    ['credits', file.credits, plain.creditsMinor],
  ]
  for (const [what, row, text] of told) {
    if (row !== text) problems.push(`its row says ${what} ${row}, its text ${text}`)
  }
  const rows = new Map(entries.map((entry) => [entry.line_number, entry]))
  for (const entry of plain.entries) {
    if (!isSame(rows.get(entry.line), entry)) {
      problems.push(`line ${entry.line} with trace ${entry.traceNumber} is not what its row says`)
    }
    rows.delete(entry.line)
  }
  for (const { trace_number: trace } of rows.values()) problems.push(`the text has no entry ${trace}`)
  return problems
}

const isSame = (row: EntryRow | undefined, entry: PlainEntry): boolean =>
  row !== undefined &&
  row.trace_number === entry.traceNumber &&
  row.transaction_code === entry.transactionCode &&
  row.amount === entry.amountMinor &&
  row.individual_id === entry.individualId
