import { NEW_YORK, newYorkDate } from '@paddock/calendar'
import {
  type AnswerIdentity,
  answerBatch,
  type BatchHeader,
  type BatchPlan,
  correctionEntry,
  type EntryPlan,
  readFact,
  returnEntry,
  writeAchFile,
} from '@paddock/nacha'
import { sql } from 'kysely'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { bindAnswer, findAnswerByTrace, listDueAnswers } from './answer-store.ts'
import { correctNumbers } from './correct-numbers.ts'
import { keepDelivery } from './deliveries.ts'
import { getBatch, getEntry } from './entry-store.ts'
import type { AchOperator, Answer, SettledEntry } from './operator.ts'

/** The simulated operator's own routing number. */
const OPERATOR = { routingNumber: '012345672', name: 'PADDOCK ACH OPERATOR' }

interface Prepared {
  answer: Answer
  entry: SettledEntry
  header: BatchHeader
}

/**
 * Puts the answers that are due into files: returns and contests into one, notifications of change into
 * another, and each one that is to be malformed into one of its own. An answer is bound to its file for ever.
 */
export async function writeAnswers(
  ctx: BankContext,
  tx: Tx,
  operator: AchOperator,
  at: Temporal.Instant,
): Promise<void> {
  const due = await listDueAnswers(tx, at)
  const prepared: Prepared[] = []
  for (const answer of due) {
    const entry = await getEntry(ctx, tx, answer.fileName, answer.line)
    prepared.push({ answer, entry, header: await getBatch(tx, answer.fileName, entry.batchNumber) })
  }
  const sound = prepared.filter(({ answer }) => answer.flaw !== 'malformed')
  const write = (prefix: string, content: readonly Prepared[]) =>
    writeFile(ctx, tx, operator, { prefix, content, at })
  await write(
    'RET',
    sound.filter(({ answer }) => answer.kind !== 'correction'),
  )
  await write(
    'NOC',
    sound.filter(({ answer }) => answer.kind === 'correction'),
  )
  for (const one of prepared) if (one.answer.flaw === 'malformed') await write('RET', [one])
}

async function writeFile(
  ctx: BankContext,
  tx: Tx,
  { agreement }: AchOperator,
  { prefix, content, at }: { prefix: string; content: readonly Prepared[]; at: Temporal.Instant },
): Promise<void> {
  if (content.length === 0) return
  const stamp = stampOf(at)
  const number = await countFiles(tx, stamp.text)
  const name = `${prefix}_${stamp.text}_${number + 1}.ach`
  const groups = Map.groupBy(content, ({ answer, entry }) =>
    [answer.fileName, entry.batchNumber, entry.routingNumber, answer.settlesAt, answer.kind].join('|'),
  )
  const batches: BatchPlan[] = []
  for (const group of groups.values()) {
    batches.push(await planBatch(ctx, tx, agreement.destination, group))
    for (const { answer, entry } of group) {
      const bound = { deliveryName: name, batchNumber: batches.length, traceNumber: traceOf(answer, entry) }
      await bindAnswer(tx, answer.id, bound)
    }
  }
  const { text } = writeAchFile({
    header: {
      immediateDestination: ` ${agreement.destination}`,
      immediateOrigin: ` ${OPERATOR.routingNumber}`,
      creationDate: stamp.date,
      creationTime: stamp.time,
      fileIdModifier: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[number % 36] ?? 'A',
      destinationName: agreement.destinationName,
      originName: OPERATOR.name,
    },
    batches,
  })
  const isMalformed = content.some(({ answer }) => answer.flaw === 'malformed')
  await keepDelivery(ctx, tx, { name, body: isMalformed ? broken(text) : text, dueAt: at })
}

async function planBatch(
  ctx: BankContext,
  tx: Tx,
  destination: string,
  group: readonly Prepared[],
): Promise<BatchPlan> {
  const [first] = group
  if (first === undefined) throw new Error('a batch has an entry')
  const entries: EntryPlan[] = []
  for (const prepared of group) entries.push(await planEntry(ctx, tx, destination, prepared))
  return {
    ...answerBatch(first.header, {
      odfi: first.entry.routingNumber.slice(0, 8),
      settlementDay: dayOfYear(first.answer.settlesAt),
      isCorrection: first.answer.kind === 'correction',
    }),
    entries,
  }
}

async function planEntry(
  ctx: BankContext,
  tx: Tx,
  routingNumber: string,
  { answer, entry, header }: Prepared,
): Promise<EntryPlan> {
  const odfi = entry.routingNumber.slice(0, 8)
  const identity: AnswerIdentity = { routingNumber, odfi, traceNumber: traceOf(answer, entry) }
  const { code } = answer
  if (answer.kind === 'correction') {
    const correctedData = await correctNumbers(ctx, tx, { code, header, entry })
    return correctionEntry(header, entry.entry, { ...identity, code, correctedData })
  }
  const isDeath = code === 'R14' || code === 'R15'
  const returned = returnEntry(header, entry.entry, {
    ...identity,
    code: answer.kind === 'contest' ? 'R01' : code,
    ...(isDeath && { dateOfDeath: yymmdd(newYorkDate(entry.settlesAt).subtract({ days: 30 })) }),
  })
  const plan = { ...returned, amountMinor: answer.amountMinor }
  if (answer.kind === 'contest') return contest(ctx, tx, plan, answer, entry)
  return answer.flaw === 'unknown_trace' ? withUnknownTrace(plan, answer) : plan
}

/** The layout of a contest says when everything happened. */
async function contest(
  ctx: BankContext,
  tx: Tx,
  plan: EntryPlan,
  answer: Answer,
  original: SettledEntry,
): Promise<EntryPlan> {
  const dishonor = await getEntry(ctx, tx, answer.dishonorFile ?? '', answer.dishonorLine ?? 0)
  const header = await getBatch(tx, dishonor.fileName, dishonor.batchNumber)
  const fact = readFact(header, dishonor.entry)
  if (fact.kind !== 'dishonored_return') throw new Error('a contest answers a dishonored return')
  const returned = await findAnswerByTrace(tx, fact.returnTrace)
  const { originalTrace, originalReceivingDfi, returnTrace, returnSettlementDay, returnCode } = fact
  return {
    ...plan,
    addenda: [
      {
        kind: 'contest',
        code: answer.code,
        originalTrace,
        originalReceivingDfi,
        originalReturnDate: yymmdd(newYorkDate(returned?.dueAt ?? answer.dueAt)),
        originalSettlementDay: dayOfYear(original.settlesAt),
        returnTrace,
        returnSettlementDay,
        returnCode,
        dishonorTrace: dishonor.traceNumber,
        dishonorSettlementDay: dayOfYear(dishonor.settlesAt),
        dishonorCode: fact.code,
      },
    ],
  }
}

/** As when a bank looked at the wrong entry: the sender's own eight digits, and a number that it never gave. */
function withUnknownTrace(plan: EntryPlan, { id }: Answer): EntryPlan {
  return {
    ...plan,
    addenda: (plan.addenda ?? []).map((one) =>
      one.kind === 'return'
        ? { ...one, originalTrace: `${one.originalTrace.slice(0, 8)}99${sequence(id).slice(2)}` }
        : one,
    ),
  }
}

/** The addenda are cut short and the batch does not add up. */
function broken(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('799')) return line.slice(0, 60)
      return line.startsWith('82') ? `${line.slice(0, 10)}0000000001${line.slice(20)}` : line
    })
    .join('\n')
}

const traceOf = ({ id }: Answer, { routingNumber }: SettledEntry) =>
  `${routingNumber.slice(0, 8)}${sequence(id)}`
const sequence = (id: bigint) => (id % 10_000_000n).toString().padStart(7, '0')

async function countFiles(tx: Tx, stamp: string): Promise<number> {
  const { count } = await tx
    .selectFrom('ach_deliveries')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where(sql<boolean>`position(${stamp} in name) > 0`)
    .executeTakeFirstOrThrow()
  return Number(count)
}

function stampOf(at: Temporal.Instant) {
  const local = at.toZonedDateTimeISO(NEW_YORK)
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' }).replace(':', '')
  const date = yymmdd(local.toPlainDate())
  return { date, time, text: `20${date}_${time}` }
}

export const yymmdd = (date: Temporal.PlainDate) => date.toString().slice(2).replaceAll('-', '')

function dayOfYear(at: Temporal.Instant): string {
  return newYorkDate(at).dayOfYear.toString().padStart(3, '0')
}
