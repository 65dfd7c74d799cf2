import { PlainDate, Uuid } from '@paddock/broker-wire'
import { isBankingDay, NEW_YORK, newYorkDate } from '@paddock/calendar'
import { parseUsd, trimmedUsd, type UsdMinor } from '@paddock/money'
import { z } from 'zod'
import type { BrokerContext } from '../context.ts'
import { listBreaksAt } from '../reconciliation/break-store.ts'
import { reconcile } from '../reconciliation/reconcile.ts'
import {
  type Break,
  type BreakId,
  ReconciliationRejected,
  type Run,
} from '../reconciliation/reconciliation.ts'
import { journalAccounts, type Resolution, resolveBreak } from '../reconciliation/resolve-break.ts'
import { findRun, listRuns } from '../reconciliation/run-store.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Operations']

/** No books are older, and PostgreSQL has no year zero. */
export const PastDay = PlainDate.refine((text) => text >= '1970', 'must be a date from 1970 on')

const BreakBody = z.object({
  id: z.string(),
  kind: z.string(),
  subject: z.string(),
  amount: z.string(),
  since: z.string(),
  /** Banking days from `since` to the day that was compared. */
  age_banking_days: z.number(),
  guess: z.string(),
  facts: z.looseObject({}),
  state: z.enum(['OPEN', 'CLEARED', 'RESOLVED']),
  resolution: z.enum(['journal', 'note']).nullable(),
  note: z.string().nullable(),
  ledger_transaction: z.string().nullable(),
  created_at: z.string(),
  ended_at: z.string().nullable(),
})

const RunBody = z.object({
  id: z.string(),
  day: z.string(),
  reason: z.enum(['daily', 'asked']),
  at: z.string(),
  agrees: z.boolean(),
  /** The result in one sentence. */
  told: z.string(),
  checks: z.array(z.object({ check: z.string(), compared: z.number(), breaks: z.number() })),
  figures: z.record(z.string(), z.string()),
  breaks: z.array(BreakBody),
})

const Line = z.string().regex(/^\P{Cc}{1,500}$/u, 'must be a line of at most 500 characters')
const Accounts = z.enum(Object.keys(journalAccounts) as [keyof typeof journalAccounts])

const ResolveBody = z.discriminatedUnion('resolution', [
  z.strictObject({ resolution: z.literal('note'), note: Line }),
  z.strictObject({
    resolution: z.literal('journal'),
    note: Line,
    from: Accounts,
    to: Accounts,
    amount: z
      .string()
      .regex(/^\d{1,12}(?:\.\d{1,2})?$/, 'must be an amount such as 50.00')
      .optional(),
  }),
])

/** Whether books, files and bank agree; not part of the vendor's API (contracts/nacha/reconciliation.md). */
export const opsReconciliationRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/_ops/reconciliation',
    {
      schema: {
        summary: 'Get the latest reconciliation, or the latest of a day',
        tags,
        querystring: z.object({ date: PastDay.optional() }),
        response: { 200: RunBody },
      },
    },
    async ({ query }) => {
      const day = query.date === undefined ? undefined : Temporal.PlainDate.from(query.date)
      const run = await findRun(ctx.db, day)
      if (run === undefined) throw new ReconciliationRejected('reconciliation_not_found')
      return present(ctx, run)
    },
  )

  app.get(
    '/_ops/reconciliation/runs',
    {
      schema: {
        summary: 'List the runs of the reconciliation, newest first',
        tags,
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(400).default(30) }),
        response: { 200: z.array(RunBody.omit({ breaks: true })) },
      },
    },
    async ({ query }) => (await listRuns(ctx.db, query.limit)).map(presentRun),
  )

  app.post(
    '/_ops/reconciliation/run',
    { schema: { summary: 'Reconcile now', tags, response: { 200: RunBody } } },
    async () => present(ctx, await reconcile(ctx, dayToCompare(ctx), 'asked')),
  )

  app.post(
    '/_ops/reconciliation/breaks/:id/resolve',
    {
      schema: {
        summary: 'Resolve a break by a journal or a note',
        tags,
        params: z.object({ id: Uuid }),
        body: ResolveBody,
        response: { 200: BreakBody },
      },
    },
    async ({ params, body }) => {
      const resolved = await resolveBreak(ctx, params.id as BreakId, readResolution(body))
      return presentBreak(resolved, newYorkDate(ctx.clock.now()))
    },
  )
}

/** Today, or the last banking day before it. */
function dayToCompare({ clock }: Pick<BrokerContext, 'clock'>): Temporal.PlainDate {
  let day = newYorkDate(clock.now())
  while (!isBankingDay(day)) day = day.subtract({ days: 1 })
  return day
}

function readResolution(body: z.infer<typeof ResolveBody>): Resolution {
  if (body.resolution === 'note') return { by: 'note', note: body.note }
  const amountMinor = body.amount === undefined ? undefined : (parseUsd(body.amount) as UsdMinor)
  return { by: 'journal', note: body.note, from: body.from, to: body.to, amountMinor }
}

async function present(ctx: BrokerContext, run: Run): Promise<z.infer<typeof RunBody>> {
  const breaks = await listBreaksAt(ctx.db, run.at)
  return { ...presentRun(run), breaks: breaks.map((one) => presentBreak(one, run.day)) }
}

const presentRun = (run: Run) => ({
  id: run.id,
  day: run.day.toString(),
  reason: run.reason,
  at: run.at.toString(),
  agrees: run.openBreaks === 0,
  told: toldOf(run),
  checks: run.checks.map((one) => ({ ...one })),
  figures: Object.fromEntries(
    Object.entries(run.figures).map(([name, minor]) => [name, trimmedUsd(BigInt(minor) as UsdMinor)]),
  ),
})

function toldOf({ at, openBreaks, checks }: Run): string {
  const wall = at.toZonedDateTimeISO(NEW_YORK)
  const moment = `${wall.toPlainDate()} ${wall.toPlainTime().toString({ smallestUnit: 'minute' })} ET`
  const count = (check: string) => checks.find((one) => one.check === check)?.compared ?? 0
  const compared = `${count('cash_book')} accounts, ${count('acknowledgements')} files, ${count('entries')} entries, ${count('statements')} statements`
  if (openBreaks === 0) return `Everything agrees as of ${moment} (${compared}).`
  const what = openBreaks === 1 ? '1 thing does' : `${openBreaks} things do`
  return `${what} not agree as of ${moment} (${compared}).`
}

const presentBreak = (one: Break, day: Temporal.PlainDate): z.infer<typeof BreakBody> => ({
  id: one.id,
  kind: one.kind,
  subject: one.subject,
  amount: trimmedUsd(one.amountMinor as UsdMinor),
  since: one.since.toString(),
  age_banking_days: bankingDaysBetween(one.since, day),
  guess: one.guess,
  facts: one.facts,
  state: one.state,
  resolution: one.resolution ?? null,
  note: one.note ?? null,
  ledger_transaction: one.ledgerTransferId ?? null,
  created_at: one.createdAt.toString(),
  ended_at: one.endedAt?.toString() ?? null,
})

function bankingDaysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): number {
  let days = 0
  for (
    let day = from.add({ days: 1 });
    Temporal.PlainDate.compare(day, to) <= 0;
    day = day.add({ days: 1 })
  ) {
    if (isBankingDay(day)) days += 1
  }
  return days
}
