import type { PlacedColumn } from './record.ts'
import {
  type Addenda,
  type AddendaLayout,
  type EntryDetail,
  type EntryLayout,
  readRecord,
} from './records.ts'
import { answerKindOf } from './return-codes.ts'

export function readEntry(
  layout: EntryLayout,
  line: string,
  onUnreadable: (column: PlacedColumn) => void,
): EntryDetail {
  return readRecord(layout, line, onUnreadable)
}

export function readAddenda(
  line: string,
  isIat: boolean,
  onUnreadable: (column: PlacedColumn, layout: AddendaLayout) => void,
): Addenda {
  const layout = addendaLayoutOf(line, isIat)
  return readRecord(layout, line, (column) => onUnreadable(column, layout))
}

const LAYOUTS: Readonly<Record<string, AddendaLayout>> = {
  '02': 'terminalAddenda',
  '05': 'paymentAddenda',
  '10': 'iatAddenda10',
  '11': 'iatAddenda11',
  '12': 'iatAddenda12',
  '13': 'iatAddenda13',
  '14': 'iatAddenda14',
  '15': 'iatAddenda15',
  '16': 'iatAddenda16',
  '17': 'iatAddenda17',
  '18': 'iatAddenda18',
}

/** One type code may have several layouts: the reason code and the kind of batch decide. */
export function addendaLayoutOf(line: string, isIat: boolean): AddendaLayout {
  const typeCode = line.slice(1, 3)
  if (typeCode !== '98' && typeCode !== '99') return LAYOUTS[typeCode] ?? 'unknownAddenda'
  switch (answerKindOf(typeCode, line.slice(3, 6))) {
    case 'refused_correction':
      return 'refusedChangeAddenda'
    case 'correction':
      return isIat ? 'iatChangeAddenda' : 'changeAddenda'
    case 'dishonored_return':
      return 'dishonorAddenda'
    case 'contested_return':
      return 'contestAddenda'
    case 'return':
      return isIat ? 'iatReturnAddenda' : 'returnAddenda'
  }
}
