import type { BankStatement, StatementLine } from '@paddock/ach-drop'
import { type Transfer as LedgerTransfer, post } from '@paddock/ledger'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { insertRows } from '../db/insert-rows.ts'
import { ACH_CLEARING, ACH_EXPENSES, ACH_SETTLEMENT, FIRM_BANK } from '../ledger-accounts.ts'
import { raiseAlarm } from '../origination/alarm-store.ts'
import type { InboundFileId } from './answer.ts'

/**
 * What moved on the firm's settlement account, as its bank says: each line moves it in our books, once. Nothing
 * else does, so that what is missing there is seen (contracts/nacha/answers.md §6).
 */
export async function takeStatement(
  ctx: BrokerContext,
  tx: Tx,
  inboundFileId: InboundFileId,
  told: BankStatement,
): Promise<void> {
  const now = ctx.clock.now()
  const { day } = told
  const known = await tx
    .selectFrom('ach_statements')
    .select('day')
    .where('day', '=', Temporal.PlainDate.from(day))
    .executeTakeFirst()
  if (known !== undefined) {
    const message = `the bank sent a second statement for ${day}, which says something else`
    return void (await raiseAlarm(tx, { kind: 'ach_statement', subject: inboundFileId, message }, now))
  }
  const isFirst =
    (await tx.selectFrom('ach_statements').select('day').limit(1).executeTakeFirst()) === undefined
  const fresh = await newLines(tx, told.lines)
  await tx
    .insertInto('ach_statements')
    .values({
      day: Temporal.PlainDate.from(day),
      inbound_file_id: inboundFileId,
      opening_minor: BigInt(told.opening_minor),
      closing_minor: BigInt(told.closing_minor),
      created_at: now,
    })
    .execute()
  await insertRows(
    tx,
    'ach_statement_lines',
    fresh.map((line) => ({ ...columnsOf(line), day, created_at: now })),
  )
  await post(tx, [...(isFirst ? opening(told, now) : []), ...fresh.map((line) => movement(line, now))])
  await warnOfSums(tx, told, { inboundFileId, fresh: fresh.length }, now)
}

/** The bank names each movement once: what was there on another statement is not booked again. */
async function newLines(tx: Tx, lines: readonly StatementLine[]): Promise<StatementLine[]> {
  if (lines.length === 0) return []
  const known = await tx
    .selectFrom('ach_statement_lines')
    .select('id')
    .where(
      'id',
      'in',
      lines.map(({ id }) => id),
    )
    .execute()
  const ids = new Set(known.map(({ id }) => id))
  return lines.filter(({ id, amount_minor }) => !ids.has(id) && BigInt(amount_minor) !== 0n)
}

const columnsOf = (line: StatementLine) => ({
  id: line.id,
  posted_at: line.posted_at,
  kind: line.kind,
  file: line.file,
  batch_number: line.batch_number,
  amount_minor: line.amount_minor,
  description: line.description,
})

/** What was on the account before the first statement is the firm's own money. */
function opening({ opening_minor }: BankStatement, at: Temporal.Instant): LedgerTransfer[] {
  const amount = BigInt(opening_minor)
  if (amount === 0n) return []
  return [
    {
      ...named('opening', at),
      ...(amount > 0n ? { from: ACH_SETTLEMENT, to: FIRM_BANK } : { from: FIRM_BANK, to: ACH_SETTLEMENT }),
      amount: amount > 0n ? amount : -amount,
    },
  ]
}

/** Batches and returns are what our entries wait for; the rest is what the bank costs. */
function movement({ id, kind, amount_minor }: StatementLine, at: Temporal.Instant): LedgerTransfer {
  const amount = BigInt(amount_minor)
  const other = kind === 'other' ? ACH_EXPENSES : ACH_CLEARING
  return {
    ...named(id, at),
    ...(amount > 0n ? { from: ACH_SETTLEMENT, to: other } : { from: other, to: ACH_SETTLEMENT }),
    amount: amount > 0n ? amount : -amount,
  }
}

const named = (id: string, at: Temporal.Instant) => ({
  type: 'post' as const,
  id: `ach_statement:${id}`,
  cause: { kind: 'ach_statement', id, step: 'post' },
  at,
})

async function warnOfSums(
  tx: Tx,
  told: BankStatement,
  { inboundFileId, fresh }: { inboundFileId: InboundFileId; fresh: number },
  now: Temporal.Instant,
): Promise<void> {
  const moved = told.lines.reduce((sum, { amount_minor }) => sum + BigInt(amount_minor), 0n)
  const addsUp = BigInt(told.opening_minor) + moved === BigInt(told.closing_minor)
  if (addsUp && fresh === told.lines.length) return
  const message = addsUp
    ? `the statement of ${told.day} has lines of another one`
    : `the statement of ${told.day} does not add up`
  await raiseAlarm(tx, { kind: 'ach_statement', subject: inboundFileId, message }, now)
}
