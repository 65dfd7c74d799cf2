import { formatUsd } from '@paddock/money'
import { z } from 'zod'
import { listUpcomingAnswers } from '../ach-operator/answer-store.ts'
import { listWaitingEntries } from '../ach-operator/entry-store.ts'
import { flaws } from '../ach-operator/operator.ts'
import { listBanksDown, listOpenPlans, setBankDown } from '../ach-operator/plan-store.ts'
import { planOutcome } from '../ach-operator/steer.ts'
import { nextWindow } from '../ach-operator/windows.ts'
import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import type { HttpApp } from './http-app.ts'

const MOST = 200

const Code = z.string().regex(/^[RC]\d\d$/, 'must be a return code such as R01 or a change code such as C01')
const Trace = z.string().regex(/^\d{15}$/, 'must be fifteen digits')
const OutcomeBody = z.strictObject({
  trace_number: Trace.optional(),
  individual_id: z.string().min(1).max(15).optional(),
  code: Code,
  flaw: z.enum(flaws).optional(),
  now: z.boolean().default(false),
})
const OutcomeAnswer = z.object({ state: z.enum(['on_its_way', 'waiting']) })
const BankBody = z.strictObject({ routing_number: z.string().regex(/^\d{9}$/), down: z.boolean() })
const BanksAnswer = z.object({ banks_down: z.array(z.string()) })

const Upcoming = z.object({
  now: z.string(),
  next_window: z.string(),
  in_drop: z.array(z.string()),
  entries: z.array(
    z.object({
      file: z.string(),
      line: z.number(),
      trace_number: z.string(),
      individual_id: z.string(),
      kind: z.string(),
      direction: z.string(),
      amount: z.string(),
      settles_at: z.string(),
      code: z.string().nullable(),
    }),
  ),
  answers: z.array(
    z.object({
      file: z.string(),
      line: z.number(),
      kind: z.string(),
      code: z.string(),
      flaw: z.string().nullable(),
      amount: z.string(),
      due_at: z.string(),
      settles_at: z.string(),
    }),
  ),
  wishes: z.array(
    z.object({
      trace_number: z.string().nullable(),
      individual_id: z.string().nullable(),
      code: z.string(),
      flaw: z.string().nullable(),
    }),
  ),
  banks_down: z.array(z.string()),
})

/** What the ACH operator has before it, and what it is made to do. Without keys. */
export function serveAchDoors(app: HttpApp, ctx: BankContext): void {
  const operator = () => {
    if (ctx.ach === undefined) throw new BankRefused('no_ach_operator')
    return ctx.ach
  }

  app.get('/_sim/ach', { schema: { response: { 200: Upcoming } } }, async () => {
    const { drop } = operator()
    const [inDrop, entries, answers, plans, banksDown] = await Promise.all([
      drop.outbound.list(),
      listWaitingEntries(ctx.db, MOST),
      listUpcomingAnswers(ctx.db, MOST),
      listOpenPlans(ctx.db, MOST),
      listBanksDown(ctx.db),
    ])
    const now = ctx.clock.now()
    return {
      now: now.toString(),
      next_window: nextWindow(now).at.toString(),
      in_drop: inDrop,
      entries: entries.map((entry) => ({
        file: entry.fileName,
        line: entry.line,
        trace_number: entry.traceNumber,
        individual_id: entry.individualId.trim(),
        kind: entry.kind,
        direction: entry.direction,
        amount: formatUsd(entry.amountMinor),
        settles_at: entry.settlesAt.toString(),
        code: entry.editCode,
      })),
      answers: answers.map((answer) => ({
        file: answer.fileName,
        line: answer.line,
        kind: answer.kind,
        code: answer.code,
        flaw: answer.flaw,
        amount: formatUsd(answer.amountMinor),
        due_at: answer.dueAt.toString(),
        settles_at: answer.settlesAt.toString(),
      })),
      wishes: plans.map((plan) => ({
        trace_number: plan.traceNumber,
        individual_id: plan.individualId,
        code: plan.code,
        flaw: plan.flaw,
      })),
      banks_down: banksDown,
    }
  })

  app.post(
    '/_sim/ach/outcomes',
    { schema: { body: OutcomeBody, response: { 200: OutcomeAnswer } } },
    async ({ body }) => {
      operator()
      const wish = body as z.infer<typeof OutcomeBody>
      const { trace_number: traceNumber, individual_id: individualId, code, flaw, now: isNow } = wish
      return { state: await planOutcome(ctx, { traceNumber, individualId, code, flaw, isNow }) }
    },
  )

  app.post(
    '/_sim/ach/banks',
    { schema: { body: BankBody, response: { 200: BanksAnswer } } },
    async ({ body }) => {
      operator()
      const { routing_number, down } = body as z.infer<typeof BankBody>
      await setBankDown(ctx.db, routing_number, down, ctx.clock.now())
      return { banks_down: await listBanksDown(ctx.db) }
    },
  )
}
