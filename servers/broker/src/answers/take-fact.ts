import { newYorkDate } from '@paddock/calendar'
import { newId } from '@paddock/kernel'
import type { UsdMinor } from '@paddock/money'
import type { AchBatch, AchFact, ContestedReturnFact, CorrectionFact, ReturnFact } from '@paddock/nacha'
import { lockAccount } from '../accounts/account-store.ts'
import { hashOfAccount } from '../ach/bank-version-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { AchEntry } from '../origination/ach-file.ts'
import { raiseAlarm } from '../origination/alarm-store.ts'
import { findBatch } from '../origination/file-store.ts'
import { lastDayToDishonor } from '../origination/timetable.ts'
import type { Answer, AnswerId, AnswerKind, InboundFileId, ParkedBecause } from './answer.ts'
import { insertAnswer, isAnswered, listAnswersOf } from './answer-store.ts'
import { applyCorrection, INTERNATIONAL, isApplicable } from './apply-correction.ts'
import { applyReturn } from './apply-return.ts'
import { type DisputeGround, listOpenCasesOf, openCase, updateCase } from './case-store.ts'
import { type Match, matchEntry } from './match-entry.ts'
import { isLate } from './return-clock.ts'

export type InboundFact = AchFact & { readonly batch: AchBatch }

export type FactFrom = {
  readonly inboundFileId: InboundFileId
  /** When the answer settles, by its batch. */
  readonly settlesOn: Temporal.PlainDate | undefined
}

type Verdict = {
  readonly kind: AnswerKind
  readonly entry: AchEntry | undefined
  readonly state: 'APPLIED' | 'DUPLICATE' | 'PARKED'
  readonly because?: ParkedBecause | undefined
}

/** Takes one entry of a file from the bank: it does what it says, or it waits for a person. Once. */
export async function takeFact(ctx: BrokerContext, tx: Tx, from: FactFrom, fact: InboundFact): Promise<void> {
  if (await isAnswered(tx, from.inboundFileId, fact.line)) return
  const now = ctx.clock.now()
  const id = newId() as AnswerId
  const { answer, correctedText } = describe(ctx, id, from, fact, now)
  // What it does may name it, so it is there first; what became of it is decided before.
  const match = 'originalTrace' in fact ? await findMatch(ctx, tx, fact) : noMatch
  const verdict = await judge(tx, { fact, from, match })
  await insertAnswer(ctx, tx, { ...answer, ...columnsOf(verdict) }, correctedText)
  if (verdict.state === 'APPLIED') await apply(ctx, tx, { id, fact, entry: verdict.entry }, now)
  if (verdict.state === 'PARKED') await park(tx, { answer, verdict, settlesOn: from.settlesOn }, now)
}

const noMatch: Match = { entry: undefined, doubt: 'not_ours' }

/** The entry that is meant, as it is under its account's lock. */
async function findMatch(
  ctx: BrokerContext,
  tx: Tx,
  fact: InboundFact & { originalTrace: string },
): Promise<Match> {
  // A notification of change has no amount.
  const hasAmount = fact.kind !== 'correction' && fact.kind !== 'refused_correction'
  const found = await matchEntry(ctx, tx, fact, { hasAmount })
  if (found.entry === undefined) return found
  await lockAccount(tx, found.entry.accountId)
  return matchEntry(ctx, tx, fact, { hasAmount })
}

const columnsOf = ({ kind, entry, state, because }: Verdict) => ({
  kind,
  state,
  parkedBecause: because,
  entryId: entry?.id,
})

type Judged = { readonly fact: InboundFact; readonly from: FactFrom; readonly match: Match }

async function judge(tx: Tx, judged: Judged): Promise<Verdict> {
  const { fact, match } = judged
  const { entry } = match
  // Entries that do not add up to their control are not to be believed one by one (contracts/nacha/answers.md §2).
  if (fact.batch.outOfBalance)
    return { kind: kindOf(fact), entry, state: 'PARKED', because: 'batch_out_of_balance' }
  const parked = (kind: AnswerKind, because: ParkedBecause): Verdict => ({
    kind,
    entry,
    state: 'PARKED',
    because,
  })
  switch (fact.kind) {
    case 'return':
      return judgeReturn(tx, fact, judged)
    case 'correction':
      return judgeCorrection(fact, match)
    case 'contested_return':
      return judgeContest(tx, fact, match)
    case 'dishonored_return':
      return parked('DISHONORED', 'not_ours')
    case 'refused_correction':
      return parked('REFUSED_CORRECTION', match.doubt ?? 'not_ours')
    case 'unreadable':
      return parked('OTHER', 'unreadable')
    default:
      return parked('OTHER', 'not_ours')
  }
}

const kinds: Readonly<Partial<Record<AchFact['kind'], AnswerKind>>> = {
  return: 'RETURN',
  correction: 'CORRECTION',
  dishonored_return: 'DISHONORED',
  contested_return: 'CONTESTED',
  refused_correction: 'REFUSED_CORRECTION',
}

const kindOf = ({ kind }: InboundFact): AnswerKind => kinds[kind] ?? 'OTHER'

async function judgeReturn(tx: Tx, fact: ReturnFact, { match, from }: Judged): Promise<Verdict> {
  const { entry, doubt } = match
  const parked = (because: ParkedBecause): Verdict => ({ kind: 'RETURN', entry, state: 'PARKED', because })
  if (doubt !== undefined || entry === undefined) return parked(doubt ?? 'trace_unknown')
  if (entry.status === 'RETURNED') {
    const before = await listAnswersOf(tx, entry.id)
    const isTold = before.some(
      ({ traceNumber, code }) => traceNumber === fact.traceNumber && code === fact.code,
    )
    return isTold ? { kind: 'RETURN', entry, state: 'DUPLICATE' } : parked('already_returned')
  }
  const batch = await findBatch(tx, entry.fileId, entry.batchNumber)
  const isTooLate =
    batch !== undefined &&
    from.settlesOn !== undefined &&
    isLate(fact.code, batch.effectiveOn, from.settlesOn)
  return isTooLate ? parked('late') : { kind: 'RETURN', entry, state: 'APPLIED' }
}

function judgeCorrection(fact: CorrectionFact, { entry, doubt }: Match): Verdict {
  const parked = (because: ParkedBecause): Verdict => ({
    kind: 'CORRECTION',
    entry,
    state: 'PARKED',
    because,
  })
  if (doubt !== undefined || entry === undefined) return parked(doubt ?? 'trace_unknown')
  const isReadable = fact.corrected !== undefined || fact.code === INTERNATIONAL
  if (!isReadable || !isApplicable(fact.code)) return parked('correction_unreadable')
  return { kind: 'CORRECTION', entry, state: 'APPLIED' }
}

/** After our bank dishonored a return, the other bank insists: the money leaves again. */
async function judgeContest(tx: Tx, fact: ContestedReturnFact, { entry, doubt }: Match): Promise<Verdict> {
  const parked = (because: ParkedBecause): Verdict => ({ kind: 'CONTESTED', entry, state: 'PARKED', because })
  if (doubt !== undefined || entry === undefined) return parked(doubt ?? 'trace_unknown')
  const disputed = (await listOpenCasesOf(tx, entry.id)).some(({ state }) => state === 'DISHONORED')
  if (!disputed || fact.reason === undefined) return parked('transfer_not_returnable')
  return { kind: 'CONTESTED', entry, state: 'APPLIED' }
}

type Applied = { readonly id: AnswerId; readonly fact: InboundFact; readonly entry: AchEntry | undefined }

async function apply(
  ctx: BrokerContext,
  tx: Tx,
  { id, fact, entry }: Applied,
  now: Temporal.Instant,
): Promise<void> {
  if (entry === undefined) return
  if (fact.kind === 'return') {
    const { code, information } = fact
    await applyReturn(ctx, tx, entry, { code, information }, now)
  }
  if (fact.kind === 'correction') {
    const { code, corrected = { how: 'position' } } = fact
    await applyCorrection(ctx, tx, entry, { answerId: id, code, corrected }, now)
  }
  if (fact.kind === 'contested_return') {
    const state = fact.code === 'R74' ? 'CORRECTED' : 'CONTESTED'
    for (const one of await listOpenCasesOf(tx, entry.id)) await updateCase(tx, one.id, { state }, now)
    await applyReturn(ctx, tx, entry, { code: fact.returnCode }, now)
  }
}

const grounds: Readonly<Partial<Record<ParkedBecause, DisputeGround>>> = {
  late: 'R68',
  already_returned: 'R67',
  amount_differs: 'R69',
  account_differs: 'R69',
  individual_id_differs: 'R69',
}

async function park(
  tx: Tx,
  {
    answer,
    verdict,
    settlesOn,
  }: { answer: Answer; verdict: Verdict; settlesOn: Temporal.PlainDate | undefined },
  now: Temporal.Instant,
): Promise<void> {
  const because = verdict.because ?? 'unreadable'
  const message = `${verdict.kind.toLowerCase()} ${answer.code} for ${answer.originalTrace} waits for a person: ${because}`
  await raiseAlarm(tx, { kind: 'ach_parked', subject: answer.id, message }, now)
  const ground = verdict.kind === 'RETURN' ? grounds[because] : undefined
  if (ground === undefined) return
  const dueOn = lastDayToDishonor(settlesOn ?? newYorkDate(now))
  await openCase(tx, { answerId: answer.id, entryId: verdict.entry?.id, ground, dueOn }, now)
}

/** Runs of digits are hidden: nobody knows what a bank writes into free text. */
const withoutNumbers = (text: string): string => text.replace(/\d{4,}/g, '#')

function describe(
  ctx: BrokerContext,
  id: AnswerId,
  { inboundFileId, settlesOn }: FactFrom,
  fact: InboundFact,
  now: Temporal.Instant,
): { answer: Answer; correctedText: string | undefined } {
  return {
    answer: {
      id,
      inboundFileId,
      lineNumber: fact.line,
      kind: 'OTHER',
      code: 'code' in fact ? fact.code : '',
      originalTrace: 'originalTrace' in fact ? fact.originalTrace : '',
      traceNumber: fact.traceNumber,
      individualId: fact.individualId.trim(),
      amountMinor: fact.amountMinor as UsdMinor,
      accountHash: hashOfAccount(ctx.cipher, fact.accountNumber),
      settlesOn,
      information: 'information' in fact ? withoutNumbers(fact.information) : '',
      state: 'PARKED',
      parkedBecause: undefined,
      entryId: undefined,
      resolution: undefined,
      note: undefined,
      createdAt: now,
      resolvedAt: undefined,
    },
    correctedText: 'correctedText' in fact ? fact.correctedText : undefined,
  }
}
