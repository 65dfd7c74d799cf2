import { TransferBody, Uuid } from '@paddock/broker-wire'
import { trimmedUsd } from '@paddock/money'
import { z } from 'zod'
import type { Answer, AnswerId } from '../answers/answer.ts'
import { listParked } from '../answers/answer-store.ts'
import { type AchCase, listCases } from '../answers/case-store.ts'
import { decideCase } from '../answers/decide-case.ts'
import { resolveParked } from '../answers/resolve-parked.ts'
import { representTransfer } from '../transfers/represent-transfer.ts'
import { returnReason } from '../transfers/return-codes.ts'
import { type TransferId, TransferRejected } from '../transfers/transfer.ts'
import { findTransferOwner } from '../transfers/transfer-store.ts'
import { PageQuery } from './ach-page.ts'
import type { BrokerRoutes } from './routes.ts'
import { presentTransfer } from './transfers.ts'

const tags = ['Operations']

const AnswerBody = z.object({
  id: z.string(),
  kind: z.string(),
  code: z.string(),
  meaning: z.string().nullable(),
  state: z.enum(['APPLIED', 'PARKED', 'DUPLICATE', 'RESOLVED']),
  parked_because: z.string().nullable(),
  inbound_file_id: z.string().nullable(),
  line: z.number(),
  original_trace: z.string(),
  trace_number: z.string(),
  individual_id: z.string(),
  amount: z.string(),
  settles_on: z.string().nullable(),
  information: z.string(),
  entry_id: z.string().nullable(),
  resolution: z.string().nullable(),
  note: z.string().nullable(),
  created_at: z.string(),
  resolved_at: z.string().nullable(),
})

const CaseBody = z.object({
  id: z.string(),
  answer_id: z.string(),
  entry_id: z.string().nullable(),
  ground: z.string(),
  state: z.string(),
  due_on: z.string(),
  note: z.string().nullable(),
  opened_at: z.string(),
})

const IdPath = z.object({ id: Uuid })
const Note = z.string().regex(/^\P{Cc}{1,500}$/u, 'must be a line of at most 500 characters')

const ResolveBody = z.object({
  action: z.enum(['apply', 'dismiss']),
  /** The entry that is meant, where the answer does not say it. */
  trace_number: z
    .string()
    .regex(/^\d{15}$/, 'must be 15 digits')
    .optional(),
  note: Note.optional(),
})

const DecideBody = z.object({ action: z.enum(['dishonor', 'close']), note: Note.optional() })

/** What waits for a person: answers that are less than certain, disputes with their deadlines, second presentations. */
export const opsAchParkedRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/_ops/ach/parked',
    {
      schema: {
        summary: 'List answers of the bank that wait for a person',
        tags,
        querystring: PageQuery,
        response: { 200: z.array(AnswerBody) },
      },
    },
    async ({ query }) => (await listParked(ctx.db, query)).map(presentAnswer),
  )

  app.post(
    '/_ops/ach/parked/:id/resolve',
    {
      schema: {
        summary: 'Apply a parked answer, or let it be',
        tags,
        params: IdPath,
        body: ResolveBody,
        response: { 200: AnswerBody },
      },
    },
    async ({ params, body }) => {
      const { action, trace_number: traceNumber, note } = body
      return presentAnswer(await resolveParked(ctx, params.id as AnswerId, { action, traceNumber, note }))
    },
  )

  app.get(
    '/_ops/ach/cases',
    {
      schema: {
        summary: 'List disputed returns',
        tags,
        querystring: PageQuery,
        response: { 200: z.array(CaseBody) },
      },
    },
    async ({ query }) => (await listCases(ctx.db, query.limit)).map(presentCase),
  )

  app.post(
    '/_ops/ach/cases/:id/decide',
    {
      schema: {
        summary: 'Have a return dishonored, or let it be',
        tags,
        params: IdPath,
        body: DecideBody,
        response: { 200: CaseBody },
      },
    },
    async ({ params, body }) =>
      presentCase(await decideCase(ctx, params.id, { action: body.action, note: body.note })),
  )

  app.post(
    '/_ops/transfers/:id/represent',
    {
      schema: {
        summary: 'Present a returned deposit again',
        tags,
        params: IdPath,
        response: { 200: TransferBody },
      },
    },
    async ({ params }) => {
      const id = params.id as TransferId
      const owner = await findTransferOwner(ctx.db, id)
      if (owner === undefined) throw new TransferRejected('transfer_not_found')
      return presentTransfer(await representTransfer(ctx, owner, id))
    },
  )
}

const presentAnswer = (answer: Answer): z.infer<typeof AnswerBody> => ({
  id: answer.id,
  kind: answer.kind,
  code: answer.code,
  meaning: answer.code.startsWith('R') ? returnReason(answer.code) : null,
  state: answer.state,
  parked_because: answer.parkedBecause ?? null,
  inbound_file_id: answer.inboundFileId ?? null,
  line: answer.lineNumber,
  original_trace: answer.originalTrace,
  trace_number: answer.traceNumber,
  individual_id: answer.individualId,
  amount: trimmedUsd(answer.amountMinor),
  settles_on: answer.settlesOn?.toString() ?? null,
  information: answer.information,
  entry_id: answer.entryId ?? null,
  resolution: answer.resolution ?? null,
  note: answer.note ?? null,
  created_at: answer.createdAt.toString(),
  resolved_at: answer.resolvedAt?.toString() ?? null,
})

const presentCase = (one: AchCase): z.infer<typeof CaseBody> => ({
  id: one.id,
  answer_id: one.answerId,
  entry_id: one.entryId ?? null,
  ground: one.ground,
  state: one.state,
  due_on: one.dueOn.toString(),
  note: one.note ?? null,
  opened_at: one.openedAt.toString(),
})
