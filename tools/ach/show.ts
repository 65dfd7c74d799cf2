import {
  type AchItem,
  AchReader,
  type BatchHeader,
  describeFact,
  type FileHeader,
  formatCents,
  formatDay,
  printable,
  readFact,
} from '@paddock/nacha'
import { openSource, whyUnreadable } from './source.ts'

/** For people. Answers 1 when a file is not valid, as `check` does. */
export async function showFiles(names: readonly string[]): Promise<number> {
  let code = 0
  for (const name of names) {
    const isValid = await showFile(name)
    if (!isValid) code = 1
  }
  return code
}

async function showFile(name: string): Promise<boolean> {
  const reader = new AchReader({ mode: 'strict', maxFindings: 200 })
  const problems: string[] = []
  const take = (items: readonly AchItem[]) => {
    for (const item of items) {
      if (item.kind === 'finding') {
        const { line, field, severity, message } = item.finding
        problems.push(`  line ${line}, ${field}: ${message}${severity === 'error' ? '' : ` (${severity})`}`)
      } else for (const line of linesOf(item)) console.log(printable(line))
    }
  }
  console.log(`${name === '-' ? 'standard input' : printable(name)}`)
  try {
    for await (const bytes of openSource(name)) take(reader.push(bytes))
    take(reader.end())
  } catch (error) {
    console.log(`  cannot be read: ${whyUnreadable(error)}`)
    return false
  }
  const { entries, batches, debitMinor, creditMinor } = reader.totals
  const sums = `${formatCents(debitMinor)} taken, ${formatCents(creditMinor)} paid`
  console.log(
    `Together ${count(entries, 'entry', 'entries')} in ${count(batches, 'batch', 'batches')}: ${sums}.`,
  )
  console.log(verdictOf(reader.isValid, problems.length))
  for (const problem of problems) console.log(printable(problem))
  return reader.isValid
}

function verdictOf(isValid: boolean, problems: number): string {
  if (problems === 0) return 'The file is valid.'
  return isValid ? 'The file is valid, with remarks:' : 'The file is not valid:'
}

function linesOf(item: Exclude<AchItem, { kind: 'finding' }>): string[] {
  switch (item.kind) {
    case 'header':
      return [headerLine(item.header)]
    case 'batch':
      return item.header === undefined ? ['A batch without a header'] : [batchLine(item.header)]
    case 'entry': {
      const fact = readFact(item.batch, item.entry)
      const notes = 'payments' in fact ? fact.payments.map((text) => `    with the note ${text.trim()}`) : []
      return [`  ${describeFact(fact)}`, ...notes]
    }
    default:
      return []
  }
}

function headerLine(header: FileHeader): string {
  const time = /^\d{4}$/.test(header.creationTime)
    ? ` ${header.creationTime.slice(0, 2)}:${header.creationTime.slice(2)}`
    : ''
  const from = `${header.originName} (${header.immediateOrigin.trim()})`
  const to = `${header.destinationName} (${header.immediateDestination.trim()})`
  return `From ${from} to ${to}, made on ${formatDay(header.creationDate)}${time}, file ${header.fileIdModifier}`
}

function batchLine(header: BatchHeader): string {
  const company = header.layout === 'batchHeader' ? header.companyName : 'an international originator'
  const settled = /^\d{3}$/.test(header.settlementDay)
    ? `, settled on day ${Number(header.settlementDay)}`
    : ''
  const wanted = /^[ 0]*$/.test(header.effectiveDate) ? '' : `, for ${formatDay(header.effectiveDate)}`
  const name = `Batch ${header.batchNumber}, ${header.secCode}`
  return `${name}: ${header.entryDescription.trim()} of ${company} (${header.companyId.trim()})${wanted}${settled}`
}

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`
