import { createHash } from 'node:crypto'
import { Acknowledgement, BankStatement, DropRefused } from '@paddock/ach-drop'
import { newYorkDate } from '@paddock/calendar'
import { type AchReading, factsOf, readAchFile, readDay, settlementDateOf } from '@paddock/nacha'
import { sql } from 'kysely'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { raiseAlarm } from '../origination/alarm-store.ts'
import { listUnanswered } from '../origination/file-store.ts'
import { READ_ANSWERS, type ReadingJob, scheduleReading } from '../origination/reading-schedule.ts'
import { SHORTEST_RETENTION_YEARS, tellRetention } from '../origination/retention.ts'
import { sendFiles } from '../origination/send-files.ts'
import { lapseCases } from './decide-case.ts'
import {
  endInbound,
  type InboundFile,
  type InboundKind,
  type InboundProblem,
  storeInbound,
} from './inbound-store.ts'
import { takeAcknowledgement } from './take-acknowledgement.ts'
import { type InboundFact, takeFact } from './take-fact.ts'
import { takeStatement } from './take-statement.ts'

/** Reads what the bank has delivered, and looks forward to the next delivery. */
export async function readAnswers(ctx: BrokerContext, { at }: ReadingJob): Promise<void> {
  await readInbound(ctx)
  if (await isSomethingDue(ctx)) {
    await sendFiles(ctx)
    await lapseCases(ctx)
    await warnOfSilence(ctx)
    await tellRetention(ctx)
  }
  await scheduleReading(ctx, ctx.db, Temporal.Instant.from(at))
}

/** Mostly nothing is: one look instead of many, because a leap of the clock passes hundreds of deliveries. */
async function isSomethingDue({ db, clock }: BrokerContext): Promise<boolean> {
  const now = clock.now()
  const old = newYorkDate(now).subtract({ years: SHORTEST_RETENTION_YEARS }).toString()
  const { rows } = await sql<{ due: boolean }>`
    select exists (select from ach_files where status = 'SEALED')
      or exists (select from ach_files where status = 'SENT' and answer_due_at <= ${now.toString()})
      or exists (select from ach_cases where state in ('OPEN', 'DISHONORED') and due_on < ${newYorkDate(now).toString()}::date)
      or (select min(sealed_at) from ach_files) < ${old}::date
      or (select min(received_at) from ach_inbound_files) < ${old}::date as due`.execute(db)
  return rows[0]?.due === true
}

/** Begins the chain of readings where there is none. Safe to repeat at each start. */
export async function beginReading(ctx: BrokerContext): Promise<void> {
  const { rows } = await sql`select 1 from agenda where queue = ${READ_ANSWERS} limit 1`.execute(ctx.db)
  if (rows.length === 0) await scheduleReading(ctx, ctx.db, ctx.clock.now())
}

/** Takes everything that lies in `inbound/`, each file whole or, after a crash, from where it was left. */
export async function readInbound(ctx: BrokerContext): Promise<number> {
  const { inbound } = ctx.ach.drop
  const names = await inbound.list()
  // A word on a file that lies in the drop already, though a crash kept us from noting it.
  if (names.length > 0) await sendFiles(ctx)
  let read = 0
  for (const name of names) {
    const body = await openInbound(ctx, name)
    if (body === undefined) continue
    const kind = kindOf(body)
    const sha256 = createHash('sha256').update(body).digest('hex')
    // First of all it is kept: whatever happens to what it says, the bank sent it.
    const file = await transact(ctx, (tx) =>
      storeInbound(ctx, tx, { name, sha256, kind, body }, ctx.clock.now()),
    )
    if (file.status === 'STORED') await takeFile(ctx, file, body)
    await inbound.putAway(name)
    read += 1
  }
  return read
}

async function openInbound(ctx: BrokerContext, name: string): Promise<Buffer | undefined> {
  try {
    return await ctx.ach.drop.inbound.read(name)
  } catch (error) {
    if (!(error instanceof DropRefused)) throw error
    const message = `the file ${name} in the drop does not open: ${error.code}`
    await transact(ctx, (tx) =>
      raiseAlarm(tx, { kind: 'ach_file_unopened', subject: name, message }, ctx.clock.now()),
    )
    return undefined
  }
}

function kindOf(body: Buffer): InboundKind {
  if (body.subarray(0, 64).toString('latin1').trimStart().startsWith('{')) {
    const json = jsonOf(body)
    if (Acknowledgement.safeParse(json).success) return 'ACKNOWLEDGEMENT'
    return BankStatement.safeParse(json).success ? 'STATEMENT' : 'UNREADABLE'
  }
  return readNacha(body).file.batches.length > 0 || hasHeader(body) ? 'NACHA' : 'UNREADABLE'
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

const readNacha = (body: Buffer): AchReading => readAchFile(body, { mode: 'tolerant' })

/** A header and a control without batches: there is nothing to report. */
const hasHeader = (body: Buffer): boolean => readNacha(body).file.header !== undefined

async function takeFile(ctx: BrokerContext, file: InboundFile, body: Buffer): Promise<void> {
  const problems: InboundProblem[] = []
  if (file.kind === 'ACKNOWLEDGEMENT') {
    const told = Acknowledgement.parse(jsonOf(body))
    await transact(ctx, async (tx) => {
      await takeAcknowledgement(ctx, tx, file.id, told)
      await endInbound(tx, file.id, { status: 'READ', problems }, ctx.clock.now())
    })
    return
  }
  if (file.kind === 'STATEMENT') {
    const told = BankStatement.parse(jsonOf(body))
    await transact(ctx, async (tx) => {
      await takeStatement(ctx, tx, file.id, told)
      await endInbound(tx, file.id, { status: 'READ', problems }, ctx.clock.now())
    })
    return
  }
  if (file.kind === 'NACHA') problems.push(...(await takeEntries(ctx, file, body)))
  const status = file.kind === 'NACHA' ? 'READ' : 'PARKED'
  await transact(ctx, async (tx) => {
    const now = ctx.clock.now()
    await endInbound(tx, file.id, { status, problems }, now)
    if (status === 'READ') return
    const message = `nobody can make sense of the file ${file.name}`
    await raiseAlarm(tx, { kind: 'ach_file_unreadable', subject: file.id, message }, now)
  })
}

/** Each entry in a transaction of its own: one that cannot be taken does not stop the others. */
async function takeEntries(ctx: BrokerContext, { id }: InboundFile, body: Buffer): Promise<InboundProblem[]> {
  const reading = readNacha(body)
  for (const fact of factsOf(reading.file)) {
    const settlesOn = settlementOf(reading, fact)
    await transact(ctx, (tx) => takeFact(ctx, tx, { inboundFileId: id, settlesOn }, fact))
  }
  return reading.findings
    .filter(({ severity }) => severity !== 'accepted')
    .map(({ line, field, rule }) => ({ line, field, rule }))
}

function settlementOf({ file }: AchReading, { settlementDay }: InboundFact): Temporal.PlainDate | undefined {
  const createdOn = readDay(file.header?.creationDate ?? '')
  if (settlementDay === undefined || createdOn === undefined) return undefined
  const day = settlementDateOf(settlementDay, createdOn)
  return day === undefined ? undefined : Temporal.PlainDate.from(day)
}

/** A file of which the bank should have said something by now, and has not. */
async function warnOfSilence(ctx: BrokerContext): Promise<void> {
  const now = ctx.clock.now()
  for (const { id, name, answerDueAt } of await listUnanswered(ctx.db, now)) {
    const message = `the bank has not acknowledged ${name}; it was due at ${answerDueAt}`
    await transact(ctx, (tx) => raiseAlarm(tx, { kind: 'ach_unanswered', subject: id, message }, now))
  }
}
