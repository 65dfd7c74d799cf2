import type { FindingLog } from './finding-log.ts'
import type { SourceLine } from './line-source.ts'
import { RECORD_WIDTH } from './record.ts'

const SHORTEST_RECORD = 40

/** Rules 1 and 8. Answers the 94 characters to read: a short line filled up, a long one cut. */
export function checkLine(log: FindingLog, line: SourceLine): string {
  checkCharacters(log, line)
  return checkLength(log, line)
}

export function checkLength(log: FindingLog, { number, text }: SourceLine): string {
  if (text.length === RECORD_WIDTH) return text
  const message = `has ${text.length} characters instead of ${RECORD_WIDTH}`
  const isCut = text.slice(RECORD_WIDTH).trim() !== ''
  log.whole(isCut ? '01-record-cut' : '01-record-length', number, 'record', message)
  return text.slice(0, RECORD_WIDTH).padEnd(RECORD_WIDTH, ' ')
}

export function checkCharacters(log: FindingLog, { number, text }: SourceLine): void {
  const at = text.search(/[^\x20-\x7e]/)
  if (at === -1) return
  const code = text.charCodeAt(at)
  const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0)
  const rule = isControl ? '08-control-characters' : '08-characters'
  const hex = code.toString(16).toUpperCase().padStart(4, '0')
  const message = `character U+${hex} is not plain ASCII`
  log.add({ rule, line: number, column: at + 1, field: 'record', message })
}

/** Enough of a record to call the file ACH. */
export function looksLikeRecord(text: string): boolean {
  return text.length >= SHORTEST_RECORD && /^(?:101|[5678]\d\d|9\d{6})/.test(text)
}
