import type { AchFile } from './file.ts'
import { RECORD_WIDTH } from './record.ts'
import { renderRecord } from './records.ts'

export type LineEnding = '\n' | '\r\n' | ''

export const FILLER = '9'.repeat(RECORD_WIDTH)

/** The records of a file that was read, exactly as they are in it: nothing is counted or corrected. */
export function* renderAchLines({ header, batches, control, fillerCount }: AchFile): Generator<string> {
  if (header !== undefined) yield renderRecord(header)
  for (const batch of batches) {
    if (batch.header !== undefined) yield renderRecord(batch.header)
    for (const { detail, addenda } of batch.entries) {
      yield renderRecord(detail)
      for (const one of addenda) yield renderRecord(one)
    }
    if (batch.control !== undefined) yield renderRecord(batch.control)
  }
  if (control !== undefined) yield renderRecord(control)
  for (let left = fillerCount; left > 0; left -= 1) yield FILLER
}

export function renderAchFile(file: AchFile, lineEnding: LineEnding = '\n'): string {
  let text = ''
  for (const line of renderAchLines(file)) text += line + lineEnding
  return text
}
