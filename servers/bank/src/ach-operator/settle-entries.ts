import type { BatchHeader } from '@paddock/nacha'
import type { MovementLine } from '../bank-accounts/bank-account.ts'
import { houseAccount } from '../bank-accounts/bank-account-store.ts'
import { postMovement } from '../bank-accounts/post-movement.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { type AnswerTime, answerTime, clockOf } from './answer-clock.ts'
import { promiseAnswer } from './answer-store.ts'
import { decide, type Left } from './decide.ts'
import { answerDishonor } from './dishonor.ts'
import { getBatch, listDueEntries, markSettled } from './entry-store.ts'
import type { Flaw, SettledEntry } from './operator.ts'
import { insertStatementLine } from './statement-store.ts'

export interface House {
  /** What the bank owes the firm. */
  settlement: string
  /** Money of entries that stand on nobody's account. */
  exceptions: string
  /** Accounts at banks that are not simulated. */
  outside: string
}

export async function houseAccounts(tx: Tx, at: Temporal.Instant): Promise<House> {
  return {
    settlement: await houseAccount(tx, 'ach_settlement', at),
    exceptions: await houseAccount(tx, 'ach_exceptions', at),
    outside: await houseAccount(tx, 'outside', at),
  }
}

/** Moves the money of everything that settles by `at`, one movement for each batch, and plans the answers. */
export async function settleEntries(ctx: BankContext, tx: Tx, at: Temporal.Instant): Promise<void> {
  const due = await listDueEntries(ctx, tx, at)
  if (due.length === 0) return
  const house = await houseAccounts(tx, at)
  const batches = Map.groupBy(due, (entry) =>
    [entry.fileName, entry.batchNumber, entry.settlesAt.toString()].join('|'),
  )
  for (const [key, entries] of batches) await settleBatch(ctx, tx, key, entries, house)
}

async function settleBatch(
  ctx: BankContext,
  tx: Tx,
  key: string,
  entries: readonly SettledEntry[],
  house: House,
): Promise<void> {
  const [first] = entries
  if (first === undefined) return
  const { fileName, batchNumber, settlesAt } = first
  const header = await getBatch(tx, fileName, batchNumber)
  const description = statementText(header)
  const left: Left = new Map()
  const lines: MovementLine[] = []
  let firmMinor = 0n
  for (const entry of entries) {
    const contra = await settleEntry(ctx, tx, entry, house, left)
    const forFirm = entry.direction === 'debit' ? entry.amountMinor : -entry.amountMinor
    firmMinor += forFirm
    // A prenote to a bank that is not simulated leaves no trace in the books.
    if (forFirm !== 0n || contra !== house.outside) {
      lines.push({ accountId: contra, amountMinor: -forFirm, reference: entry.individualId.trim() })
    }
  }
  if (lines.length === 0) return
  if (firmMinor !== 0n) lines.push({ accountId: house.settlement, amountMinor: firmMinor })
  const kind = first.kind === 'dishonored_return' ? 'ach_dishonor' : 'ach'
  const id = `${kind}.${key}`
  await postMovement(tx, { key: id, kind, description, at: settlesAt, lines })
  await insertStatementLine(tx, {
    id,
    at: settlesAt,
    kind: 'batch',
    file: fileName,
    batchNumber,
    amountMinor: firmMinor,
    description,
  })
}

/** Decides one entry and answers the account that its money is booked against. */
async function settleEntry(
  ctx: BankContext,
  tx: Tx,
  entry: SettledEntry,
  house: House,
  left: Left,
): Promise<string> {
  if (entry.kind === 'dishonored_return') {
    await markSettled(tx, entry, entry.settlesAt, null)
    return answerDishonor(tx, entry, house)
  }
  if (entry.kind === 'refused_correction' || entry.editCode !== null) {
    await markSettled(tx, entry, entry.settlesAt, null)
    return house.exceptions
  }
  const decision = await decide(ctx, tx, entry, left)
  const contra = decision.isPosted ? (decision.account?.id ?? house.outside) : house.exceptions
  await markSettled(tx, entry, entry.settlesAt, decision.isPosted ? (decision.account?.id ?? null) : null)
  const { code, flaw } = decision
  if (code !== null) await answerLater(tx, entry, { code, flaw, from: entry.settlesAt, contraId: contra })
  return contra
}

export interface AnswerPlan {
  code: string
  flaw: Flaw | null
  /** When the clock of the code began. */
  from: Temporal.Instant
  contraId: string
  /** For an entry that settled long ago: an answer does not come in the past. */
  notBefore?: AnswerTime
  isNow?: boolean
}

/** Puts an answer on its way; with the flaw `duplicate` it comes again a banking day later. */
export async function answerLater(
  tx: Tx,
  entry: Pick<SettledEntry, 'fileName' | 'line' | 'amountMinor'>,
  { code, flaw, from, contraId, notBefore, isNow = false }: AnswerPlan,
): Promise<void> {
  const { fileName, line } = entry
  const kind = code.startsWith('C') ? 'correction' : 'return'
  const clock = kind === 'correction' ? 'two_banking_days' : clockOf(code)
  const amountMinor =
    kind === 'correction' ? 0n : flaw === 'wrong_amount' ? entry.amountMinor + 1n : entry.amountMinor
  const timeOf = (isLate: boolean): AnswerTime => {
    const time = answerTime(clock, from, isLate)
    if (notBefore === undefined) return time
    return isNow || Temporal.Instant.compare(time.dueAt, notBefore.dueAt) < 0 ? notBefore : time
  }
  const common = { fileName, line, kind, code, amountMinor, contraId } as const
  const key = `${fileName}:${line}:${code}`
  await promiseAnswer(tx, {
    ...common,
    ...timeOf(flaw === 'late'),
    key,
    flaw: flaw === 'duplicate' ? null : flaw,
  })
  if (flaw === 'duplicate') {
    await promiseAnswer(tx, { ...common, ...timeOf(true), key: `${key}:again`, flaw })
  }
}

/** What the customer reads: who, and what for. */
export function statementText(header: BatchHeader): string {
  const company = 'companyName' in header ? header.companyName : 'INTERNATIONAL'
  return `${company.trim()} ${header.entryDescription.trim()}`
}
