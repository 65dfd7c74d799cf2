import type { AchAgreement, Acknowledgement, Finding } from '@paddock/ach-drop'
import {
  type AchBatch,
  type AchEntry,
  type AchFact,
  type AchReading,
  checkDigitOf,
  factsOf,
  readAchFile,
  rules,
} from '@paddock/nacha'
import type { EntryKind, SentEntry } from './operator.ts'
import { settlementAt, type Window } from './windows.ts'

export interface Examined {
  /** Empty when the file can be taken. */
  findings: Finding[]
  /** What tells this file from all others that the operator accepted. */
  identity: string
  batches: { number: number; header: NonNullable<AchBatch['header']> }[]
  entries: SentEntry[]
  reference: string
  totals: Pick<Acknowledgement, 'batches' | 'entries' | 'debits_minor' | 'credits_minor'>
}

/** Which code an entry comes back with when it breaks this rule; by the number of the rule. */
const EDITS: Readonly<Record<string, string>> = {
  '17': 'R19',
  '18': 'R28',
  '21': 'R25',
  '22': 'R25',
  '23': 'R26',
}

/**
 * Looks at a file as the operator does: refused as a whole when it is not what was agreed or does not add
 * up, entry by entry where only the entry is wrong (contracts/nacha/operator.md §2).
 */
export function examineFile(
  name: string,
  bytes: Uint8Array,
  {
    agreement,
    window,
    isDown,
  }: { agreement: AchAgreement; window: Window; isDown(routing: string): boolean },
): Examined {
  const reading = readAchFile(bytes, { mode: 'strict' })
  const { header, batches } = reading.file
  const edits = entryEdits(reading)
  const facts = new Map(factsOf(reading.file).map((fact) => [fact.line, fact]))
  const entries: SentEntry[] = []
  const findings = [...fileFindings(reading), ...agreementFindings(reading, agreement)]
  for (const batch of batches) {
    for (const entry of batch.entries) {
      const fact = facts.get(entry.line)
      const kind = fact === undefined ? undefined : kindOf(fact)
      if (fact === undefined || kind === undefined || batch.header === undefined) {
        findings.push(finding(entry.line, 'record', 'not-ours', 'a firm sends no such entry'))
        continue
      }
      const edit = firstOf(edits, entry) ?? editOf(fact, isDown)
      entries.push(sent(name, batch, entry, fact, kind, { edit, window }))
    }
  }
  const { totals } = reading
  return {
    findings,
    identity: [
      header?.immediateOrigin.trim(),
      header?.creationDate,
      header?.creationTime,
      header?.fileIdModifier,
    ].join('|'),
    batches: batches.flatMap(({ header }) =>
      header === undefined ? [] : [{ number: header.batchNumber, header }],
    ),
    entries,
    reference: header?.referenceCode.trim() ?? '',
    totals: {
      batches: totals.batches,
      entries: totals.entries,
      debits_minor: totals.debitMinor.toString(),
      credits_minor: totals.creditMinor.toString(),
    },
  }
}

function sent(
  fileName: string,
  batch: AchBatch,
  entry: AchEntry,
  fact: AchFact,
  kind: EntryKind,
  { edit, window }: { edit: string | undefined; window: Window },
): SentEntry {
  const isForward = kind === 'forward' || kind === 'prenote'
  const wanted = {
    effective: isForward ? readDate(batch.header?.effectiveDate) : undefined,
    direction: fact.direction,
    amountMinor: fact.amountMinor,
    mayBeSameDay: isForward && fact.secCode !== 'IAT',
  }
  const settlesAt = settlementAt(window, wanted)
  return {
    fileName,
    line: entry.line,
    batchNumber: batch.header?.batchNumber ?? 0,
    kind,
    direction: fact.direction,
    amountMinor: fact.amountMinor,
    routingNumber: fact.routingNumber,
    traceNumber: fact.traceNumber,
    individualId: fact.individualId.trim(),
    entry,
    editCode: isForward ? (edit ?? (settlesAt === undefined ? 'R18' : null)) : null,
    settlesAt:
      settlesAt ??
      (settlementAt(window, { ...wanted, effective: undefined, mayBeSameDay: false }) as Temporal.Instant),
  }
}

function kindOf(fact: AchFact): EntryKind | undefined {
  const ours: readonly string[] = ['forward', 'prenote', 'dishonored_return', 'refused_correction']
  return ours.includes(fact.kind) ? (fact.kind as EntryKind) : undefined
}

/** The operator's own look at an entry that reads well. */
function editOf({ routingNumber }: AchFact, isDown: (routing: string) => boolean): string | undefined {
  if (checkDigitOf(routingNumber.slice(0, 8)) !== routingNumber[8]) return 'R28'
  if (!isInDirectory(routingNumber)) return 'R13'
  return isDown(routingNumber) ? 'R32' : undefined
}

/** In this world every bank of a Federal Reserve district takes ACH; thrift and electronic numbers do not. */
export function isInDirectory(routing: string): boolean {
  const district = Number(routing.slice(0, 2))
  return (district >= 1 && district <= 12) || (district >= 21 && district <= 32)
}

/** Entries that come back, with their codes: rules of level E. */
function entryEdits({ findings }: AchReading): Map<number, string> {
  const edits = new Map<number, string>()
  for (const { line, rule, severity } of findings) {
    if (severity !== 'error' || levelOf(rule) !== 'E') continue
    const number = rule.slice(0, 2)
    const code = rule === '22-addenda-trace' ? 'R27' : number === '24' ? 'R35' : EDITS[number]
    if (code !== undefined && !edits.has(line)) edits.set(line, code)
  }
  return edits
}

/** A finding about addenda stands at their line, behind the entry's. */
function firstOf(edits: ReadonlyMap<number, string>, { line, addenda }: AchEntry): string | undefined {
  for (let at = line; at <= line + addenda.length; at += 1) if (edits.has(at)) return edits.get(at)
  return undefined
}

function fileFindings({ findings }: AchReading): Finding[] {
  return findings
    .filter(({ severity, rule }) => severity === 'error' && levelOf(rule) !== 'E')
    .map(({ line, field, rule, message }) => finding(line, field, rule, message))
}

function levelOf(rule: string): string {
  return (rules as Readonly<Record<string, { level: string }>>)[rule]?.level ?? 'F'
}

function agreementFindings({ file }: AchReading, agreement: AchAgreement): Finding[] {
  const { header, batches } = file
  if (header === undefined) return []
  const found: Finding[] = []
  if (header.immediateDestination.trim() !== agreement.destination) {
    found.push(finding(1, 'immediateDestination', '04-destination', 'the file is for another bank'))
  }
  if (header.immediateOrigin.trim() !== agreement.origin) {
    found.push(finding(1, 'immediateOrigin', '04-origin', 'the sender is not known here'))
  }
  for (const batch of batches) {
    if (batch.header !== undefined && batch.header.companyId.trim() !== agreement.companyId) {
      found.push(finding(batch.line, 'companyId', '10-company', 'the company is not known here'))
    }
    if (batch.header !== undefined && batch.header.odfi !== agreement.destination.slice(0, 8)) {
      found.push(finding(batch.line, 'odfi', '13-odfi', 'the batch is from another bank'))
    }
  }
  return found
}

export const finding = (
  line: number | null,
  field: string | null,
  rule: string,
  message: string,
): Finding => ({
  line,
  field,
  rule,
  message,
})

function readDate(text: string | undefined): Temporal.PlainDate | undefined {
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(text ?? '') ?? []
  if (year === undefined || month === undefined || day === undefined) return undefined
  try {
    return Temporal.PlainDate.from(`20${year}-${month}-${day}`)
  } catch {
    return undefined
  }
}
