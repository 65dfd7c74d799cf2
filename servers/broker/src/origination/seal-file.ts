import { createHash } from 'node:crypto'
import { NEW_YORK, newYorkDate } from '@paddock/calendar'
import { assert, newId } from '@paddock/kernel'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import { lockAccounts } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { sendAllToClearing } from '../transfers/originate-transfer.ts'
import type { AchFileId } from './ach-file.ts'
import { type ChosenTransfer, chooseTransfers, listDueTransfers } from './choose-transfers.ts'
import { insertFile, takeSequence } from './file-store.ts'
import { planBatches } from './plan-batches.ts'
import { listDueProofs } from './proof-store.ts'
import { type ChosenProof, chooseProofs, markProofsSent } from './prove-numbers.ts'
import { scheduleReading } from './reading-schedule.ts'
import { nextWindow } from './timetable.ts'
import { type WrittenAchFile, writeFile } from './write-file.ts'

/** How long after its delivery an answer of the bank is waited for before somebody is told. */
const PATIENCE_MINUTES = 60

/**
 * Makes one file of everything whose cut-off has come: transfers, trace numbers and the whole text are bound
 * in one transaction. After it there is the file, to the byte, or there is none and everything waits.
 */
export async function sealFile(ctx: BrokerContext): Promise<void> {
  const { agreement, onStep } = ctx.ach
  const odfi = agreement.destination.slice(0, 8)
  await transact(ctx, async (tx) => {
    // Locks the numbers: one file is made after the other.
    await takeSequence(tx, odfi, 0)
    const now = ctx.clock.now()
    const accounts = await lockDueAccounts(ctx, tx, now)
    const transfers = await chooseTransfers(ctx, tx, accounts, now)
    const proofs = await chooseProofs(ctx, tx, accounts, now)
    const entries = [...transfers.map(({ entry }) => entry), ...proofs.flatMap(({ entries: some }) => some)]
    onStep('chosen')
    if (entries.length === 0) return

    const firstSequence = await takeSequence(tx, odfi, entries.length)
    await refuseHeldTraces(tx, firstSequence, entries.length, now)
    onStep('traced')
    const id = newId() as AchFileId
    const modifier = await freeModifier(tx, agreement.origin, now)
    const reference = await nextReference(tx)
    const written = writeFile(
      { id, agreement, at: now, modifier, reference, firstSequence },
      planBatches(entries),
    )
    onStep('written')
    await storeFile(ctx, tx, { id, modifier, reference, at: now }, written)
    await markSent(tx, transfers, proofs, now)
    await scheduleReading(ctx, tx, now)
    onStep('bound')
  })
  onStep('sealed')
}

/** All at once and in order, so that nobody waits for us while we wait for him. */
async function lockDueAccounts(ctx: BrokerContext, tx: Tx, now: Temporal.Instant) {
  const transfers = await listDueTransfers(tx, now)
  const proofs = await listDueProofs(ctx, tx, now)
  return lockAccounts(tx, [
    ...new Set([
      ...transfers.map(({ account_id }) => account_id as AccountId),
      ...proofs.map(({ accountId }) => accountId),
    ]),
  ])
}

async function markSent(
  tx: Tx,
  transfers: readonly ChosenTransfer[],
  proofs: readonly ChosenProof[],
  now: Temporal.Instant,
): Promise<void> {
  const sent = transfers.map(({ transfer, dates: { speed, effectiveOn: settlesOn, settlesAt } }) => ({
    transfer,
    speed,
    settlesOn,
    settlesAt,
  }))
  await sendAllToClearing(tx, sent, now)
  await markProofsSent(tx, proofs, now)
}

type FileName = {
  readonly id: AchFileId
  readonly modifier: string
  readonly reference: string
  readonly at: Temporal.Instant
}

async function storeFile(
  { ach }: BrokerContext,
  tx: Tx,
  { id, modifier, reference, at }: FileName,
  { text, batches, entries, debitsMinor, creditsMinor }: WrittenAchFile,
): Promise<void> {
  const bytes = Buffer.from(text, 'ascii')
  const createdOn = newYorkDate(at)
  const createdTime = timeOf(at)
  await insertFile(
    tx,
    {
      id,
      name: `ACH_${createdOn.toString().replaceAll('-', '')}_${createdTime}_${modifier}.ach`,
      origin: ach.agreement.origin,
      createdOn,
      createdTime,
      modifier,
      reference,
      status: 'SEALED',
      batches: batches.length,
      entries: entries.length,
      debitsMinor,
      creditsMinor,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sealedAt: at,
      sentAt: undefined,
      answerDueAt: nextWindow(ach.timetables, at).deliversAt.add({ minutes: PATIENCE_MINUTES }),
      answeredAt: undefined,
      findings: [],
    },
    { body: ach.sealed.seal(bytes, bodyName(id)), batches, entries },
  )
}

/** What the sealed text of a file is bound to in the database. */
export const bodyName = (id: AchFileId): string => `ach_files/${id}`

const timeOf = (at: Temporal.Instant): string => {
  const wall = at.toZonedDateTimeISO(NEW_YORK)
  return `${String(wall.hour).padStart(2, '0')}${String(wall.minute).padStart(2, '0')}`
}

const MODIFIERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** The first that no file of the day has; of a day with more than 36, the first that none of the minute has. */
async function freeModifier(tx: Tx, origin: string, at: Temporal.Instant): Promise<string> {
  const rows = await tx
    .selectFrom('ach_files')
    .select(['modifier', 'created_time'])
    .where('origin', '=', origin)
    .where('created_on', '=', newYorkDate(at))
    .execute()
  const freeAmong = (taken: readonly { modifier: string }[]) =>
    [...MODIFIERS].find((one) => !taken.some(({ modifier }) => modifier === one))
  const time = timeOf(at)
  const free = freeAmong(rows) ?? freeAmong(rows.filter(({ created_time }) => created_time === time))
  assert(free !== undefined, 'not more than 36 files are made in a minute')
  return free
}

/** Files are numbered in the order in which they were sealed. */
async function nextReference(tx: Tx): Promise<string> {
  const { rows } = await sql<{ count: bigint }>`select count(*) as count from ach_files`.execute(tx)
  return `PDK${String((rows[0]?.count ?? 0n) + 1n).padStart(5, '0')}`
}

const TRACES = 9_999_999n

/** Trace numbers go round: none is given again while an answer to its entry may still come. */
async function refuseHeldTraces(tx: Tx, first: bigint, count: number, now: Temporal.Instant): Promise<void> {
  const last = first + BigInt(count) - 1n
  if (last <= TRACES) return
  const held = await tx
    .selectFrom('ach_entries')
    .select('id')
    .where('sequence', '>=', first - TRACES)
    .where('sequence', '<=', last - TRACES)
    .where('created_at', '>', now.subtract({ hours: 400 * 24 }))
    .limit(1)
    .executeTakeFirst()
  assert(held === undefined, 'a trace number is not given again within 400 days')
}
