import { addendaLayoutOf } from './read-records.ts'
import { RECORD_WIDTH } from './record.ts'
import { type RecordLayout, tableOf } from './records.ts'
import { FILLER } from './render-file.ts'
import { layoutOf } from './sec-codes.ts'

export interface ExplainedColumn {
  readonly name: string
  /** From 1. */
  readonly start: number
  readonly width: number
  readonly about: string
  readonly raw: string
}

export interface ExplainedLine {
  readonly layout: RecordLayout | 'filler'
  readonly name: string
  readonly about: string
  readonly columns: readonly ExplainedColumn[]
}

/** What each column of a line is; `secCode` is that of its batch. Undefined when it is no record. */
export function explainLine(line: string, secCode = ''): ExplainedLine | undefined {
  const text = line.padEnd(RECORD_WIDTH, ' ').slice(0, RECORD_WIDTH)
  if (text === FILLER) {
    return { layout: 'filler', name: 'Filler', about: 'Fills the last block of ten records.', columns: [] }
  }
  const layout = recordLayoutOf(text, secCode.toUpperCase())
  if (layout === undefined) return undefined
  const { name, about, columns } = tableOf(layout)
  return {
    layout,
    name,
    about,
    columns: columns.map(({ name: columnName, start, column }) => ({
      name: columnName,
      start,
      width: column.width,
      about: column.about,
      raw: text.slice(start - 1, start - 1 + column.width),
    })),
  }
}

function recordLayoutOf(text: string, secCode: string): RecordLayout | undefined {
  switch (text[0]) {
    case '1':
      return 'fileHeader'
    case '5':
      return text.slice(50, 53) === 'IAT' || text.slice(4, 10) === 'IATCOR' ? 'iatBatchHeader' : 'batchHeader'
    case '6':
      return layoutOf(secCode)
    case '7':
      return addendaLayoutOf(text, secCode === 'IAT')
    case '8':
      return secCode === 'ADV' || text.startsWith('8280') ? 'advBatchControl' : 'batchControl'
    case '9':
      return secCode === 'ADV' ? 'advFileControl' : 'fileControl'
    default:
      return undefined
  }
}
