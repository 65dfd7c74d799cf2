import type { BatchTally, EntryCategory } from './batch-tally.ts'
import { changeCodes, refusalCodes } from './change-codes.ts'
import { traceOf } from './check-entry.ts'
import { quote } from './check-file-records.ts'
import { readCorrectedData } from './corrected-data.ts'
import { readDay } from './dates.ts'
import type { AchEntry } from './file.ts'
import type { FindingLog } from './finding-log.ts'
import type { Addenda } from './records.ts'
import { returnCodes } from './return-codes.ts'
import type { RuleName } from './rules.ts'
import { secCodes } from './sec-codes.ts'
import { transactionCodes } from './transaction-codes.ts'

const IAT_NEEDED = ['10', '11', '12', '13', '14', '15', '16']

/** Rules 21 and 22, of an entry with all that follows it. */
export function checkAddenda(
  log: FindingLog,
  entry: AchEntry,
  batch: BatchTally,
  category: EntryCategory,
): void {
  checkPresence(log, entry, category)
  checkTypes(log, entry, batch, category)
  const trace = traceOf(entry)
  const sequences = new Map<string, number>()
  entry.addenda.forEach((addenda, index) => {
    const line = entry.line + index + 1
    checkLink(log, line, addenda, trace)
    if ('sequenceNumber' in addenda) {
      const due = (sequences.get(addenda.typeCode) ?? 0) + 1
      sequences.set(addenda.typeCode, due)
      if (addenda.sequenceNumber !== due) {
        const message = `is ${addenda.sequenceNumber}, but ${due} is due`
        log.field('22-addenda-sequence', line, addenda.layout, 'sequenceNumber', message)
      }
    }
    if ('code' in addenda) checkAnswer(log, line, addenda)
  })
}

function checkPresence(log: FindingLog, { detail, addenda, line }: AchEntry, category: EntryCategory): void {
  const due = addenda.length === 0 ? '0' : '1'
  if (detail.addendaIndicator !== due) {
    const message = `is ${quote(detail.addendaIndicator)}, but ${addenda.length === 0 ? 'no' : addenda.length} addenda follow`
    log.field('21-indicator', line, detail.layout, 'addendaIndicator', message)
  }
  // An answer copies this from the entry that it answers.
  if (category !== 'forward' || !('addendaCount' in detail) || detail.addendaCount === addenda.length) return
  // Some count only those that an international entry must have.
  if (detail.layout === 'iatEntryDetail' && detail.addendaCount === IAT_NEEDED.length) return
  const message = `is ${detail.addendaCount}, but ${addenda.length} addenda follow`
  log.field('21-addenda-count', line, detail.layout, 'addendaCount', message)
}

function checkTypes(log: FindingLog, entry: AchEntry, batch: BatchTally, category: EntryCategory): void {
  const sec = secCodes.get(batch.secCode)
  const types = entry.addenda.map(({ typeCode }) => typeCode)
  const isChange = category === 'correction' || category === 'refused_correction'
  const answers = isChange ? '98' : '99'
  const say = (rule: RuleName, message: string) => log.whole(rule, entry.line, 'record', message)

  if (category !== 'forward') {
    const count = types.filter((type) => type === answers).length
    if (count !== 1) say('22-addenda-number', `${count} addenda ${answers} follow one entry`)
    const others = types.filter((type) => type !== answers && !(batch.isIat && IAT_NEEDED.includes(type)))
    if (others.length > 0) say('22-addenda-type', `addenda ${others[0]} do not go with addenda ${answers}`)
    if (isChange !== (batch.secCode === 'COR') && batch.secCode !== '') {
      say('22-addenda-type', `addenda ${answers} do not go with ${batch.secCode}`)
    }
    return
  }
  if (sec === undefined) return
  const alien = types.find((type) => !sec.addendaTypes.includes(type))
  if (alien !== undefined) {
    say('22-addenda-type', `addenda ${alien} do not go with ${sec.code}`)
    return
  }
  const isZeroDollar = transactionCodes.get(entry.detail.transactionCode)?.use === 'zero_dollar'
  const least = Math.max(sec.minAddenda, isZeroDollar ? 1 : 0)
  if (types.length < least || types.length > sec.maxAddenda) {
    const range = least === sec.maxAddenda ? `${least}` : `${least} to ${sec.maxAddenda}`
    say('22-addenda-number', `${types.length} addenda; ${sec.code} has ${range} here`)
  }
  if (!batch.isIat) return
  const missing = IAT_NEEDED.filter((type) => !types.includes(type))
  if (missing.length > 0) say('22-addenda-type', `addenda ${missing.join(', ')} are missing`)
}

function checkLink(log: FindingLog, line: number, addenda: Addenda, trace: string): void {
  if ('traceNumber' in addenda && addenda.traceNumber !== trace) {
    const message = `is ${quote(addenda.traceNumber)}, but the entry has ${trace}`
    log.field('22-addenda-trace', line, addenda.layout, 'traceNumber', message)
  }
  if ('entrySequence' in addenda && addenda.entrySequence !== trace.slice(8)) {
    const message = `is ${quote(addenda.entrySequence)}, but the entry's trace number ends with ${trace.slice(8)}`
    log.field('22-addenda-trace', line, addenda.layout, 'entrySequence', message)
  }
}

type Answer = Extract<Addenda, { code: string }>

function checkAnswer(log: FindingLog, line: number, answer: Answer): void {
  const say = (rule: RuleName, field: string, message: string) =>
    log.field(rule, line, answer.layout, field, message)
  const { code } = answer
  const isKnown = returnCodes.has(code) || changeCodes.has(code) || refusalCodes.has(code)
  if (!isKnown || (answer.typeCode === '99') !== code.startsWith('R')) {
    say('22-answer-code', 'code', `${quote(code)} is no code of addenda ${answer.typeCode}`)
  }
  if (!/^\d{15}$/.test(answer.originalTrace) || /^0+$/.test(answer.originalTrace)) {
    say('22-original-trace', 'originalTrace', `${quote(answer.originalTrace)} is no trace number`)
  }
  if (answer.layout === 'changeAddenda' || answer.layout === 'iatChangeAddenda') checkChange(answer, say)
  if ('dateOfDeath' in answer && !isDayOrEmpty(answer.dateOfDeath)) {
    say('22-answer-date', 'dateOfDeath', `${quote(answer.dateOfDeath)} is no day (YYMMDD)`)
  }
}

function checkChange(
  { layout, code, correctedData }: { layout: string; code: string; correctedData: string },
  say: (rule: RuleName, field: string, message: string) => void,
): void {
  const change = changeCodes.get(code)
  if (change === undefined || code === 'C13') return
  if (correctedData.trim() === '') {
    say('22-corrected-data', 'correctedData', 'is blank')
  } else if (!change.manual) {
    const corrected = readCorrectedData(code, correctedData, { isIat: layout === 'iatChangeAddenda' })
    if (corrected === undefined) {
      say('22-corrected-data-unclear', 'correctedData', `is not the ${change.meaning} that ${code} asks for`)
    } else if (corrected.how === 'tokens') {
      say('22-corrected-data-unclear', 'correctedData', `does not stand in the columns of ${code}`)
    }
  }
}

const isDayOrEmpty = (text: string) => /^[ 0]*$/.test(text) || readDay(text) !== undefined
