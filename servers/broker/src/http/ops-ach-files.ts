import { Uuid } from '@paddock/broker-wire'
import { trimmedUsd } from '@paddock/money'
import { z } from 'zod'
import { AnswerRejected } from '../answers/decide-case.ts'
import { listInbound } from '../answers/inbound-store.ts'
import type { AchBatch, AchEntry, AchFile, AchFileId } from '../origination/ach-file.ts'
import { listAlarms } from '../origination/alarm-store.ts'
import { findFile, listBatches, listEntries, listFiles } from '../origination/file-store.ts'
import { maskedLines } from '../origination/masked-lines.ts'
import { readRetention } from '../origination/retention.ts'
import { openFile } from '../origination/send-files.ts'
import { PageQuery } from './ach-page.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Operations']

const FileBody = z.object({
  id: z.string(),
  name: z.string(),
  reference: z.string(),
  status: z.enum(['SEALED', 'SENT', 'ACCEPTED', 'REJECTED']),
  batches: z.number(),
  entries: z.number(),
  debits: z.string(),
  credits: z.string(),
  sha256: z.string(),
  sealed_at: z.string(),
  sent_at: z.string().nullable(),
  answer_due_at: z.string(),
  answered_at: z.string().nullable(),
  findings: z.array(
    z.object({
      line: z.number().nullable(),
      field: z.string().nullable(),
      rule: z.string(),
      message: z.string(),
    }),
  ),
})

const EntryBody = z.object({
  line: z.number(),
  trace_number: z.string(),
  purpose: z.enum(['TRANSFER', 'PRENOTE', 'MICRO_CREDIT', 'MICRO_DEBIT']),
  account_id: z.string(),
  relationship_id: z.string(),
  bank_version: z.number(),
  transfer_id: z.string().nullable(),
  attempt: z.number(),
  individual_id: z.string(),
  transaction_code: z.string(),
  amount: z.string(),
  account_mask: z.string(),
  status: z.enum(['BOUND', 'REJECTED', 'RETURNED']),
})

const BatchBody = z.object({
  number: z.number(),
  sec_code: z.string(),
  description: z.string(),
  direction: z.enum(['INCOMING', 'OUTGOING', 'BOTH']),
  speed: z.enum(['STANDARD', 'SAME_DAY']),
  effective_on: z.string(),
  line: z.number(),
  debits: z.string(),
  credits: z.string(),
  entries: z.array(EntryBody),
})

const InboundBody = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  status: z.string(),
  sha256: z.string(),
  received_at: z.string(),
})

const RetentionBody = z.object({
  table: z.string(),
  years: z.number(),
  least_years: z.number(),
  from_closing: z.boolean(),
  before: z.string(),
  may_go: z.number(),
})

const AlarmBody = z.object({
  id: z.string(),
  kind: z.string(),
  subject: z.string(),
  message: z.string(),
  raised_at: z.string(),
  cleared_at: z.string().nullable(),
})

const IdPath = z.object({ id: Uuid })

/** What an operator sees of the files between us and the bank; not part of the vendor's API. */
export const opsAchFileRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/_ops/ach/files',
    {
      schema: {
        summary: 'List ACH files',
        tags,
        querystring: PageQuery,
        response: { 200: z.array(FileBody) },
      },
    },
    async ({ query }) => (await listFiles(ctx.db, query)).map(presentFile),
  )

  app.get(
    '/_ops/ach/files/:id',
    {
      schema: {
        summary: 'Read an ACH file, line by line',
        tags,
        params: IdPath,
        querystring: PageQuery,
        response: { 200: FileBody.extend({ contents: z.array(BatchBody), lines: z.array(z.string()) }) },
      },
    },
    async ({ params, query }) => {
      const id = params.id as AchFileId
      const file = await findFile(ctx.db, id)
      if (file === undefined) throw new AnswerRejected('ach_file_not_found')
      const [batches, entries, body] = await Promise.all([
        listBatches(ctx.db, id),
        listEntries(ctx.db, id, query),
        openFile(ctx, id),
      ])
      return {
        ...presentFile(file),
        contents: batches.map((batch) =>
          presentBatch(
            batch,
            entries.filter(({ batchNumber }) => batchNumber === batch.number),
          ),
        ),
        lines: maskedLines(body),
      }
    },
  )

  app.get(
    '/_ops/ach/inbound',
    {
      schema: {
        summary: 'List what the bank has sent',
        tags,
        querystring: PageQuery,
        response: { 200: z.array(InboundBody) },
      },
    },
    async ({ query }) =>
      (await listInbound(ctx.db, query)).map(({ receivedAt, ...file }) => ({
        ...file,
        received_at: receivedAt.toString(),
      })),
  )

  app.get(
    '/_ops/ach/retention',
    {
      schema: {
        summary: 'Tell what of ACH need not be kept any longer',
        tags,
        response: { 200: z.array(RetentionBody) },
      },
    },
    async () =>
      (await readRetention(ctx)).map(({ table, years, leastYears, fromClosing, before, mayGo }) => ({
        table,
        years,
        least_years: leastYears,
        from_closing: fromClosing,
        before: before.toString(),
        may_go: Number(mayGo),
      })),
  )

  app.get(
    '/_ops/ach/alarms',
    {
      schema: {
        summary: 'List alarms about ACH',
        tags,
        querystring: PageQuery,
        response: { 200: z.array(AlarmBody) },
      },
    },
    async ({ query }) =>
      (await listAlarms(ctx.db, query.limit)).map(({ raisedAt, clearedAt, ...alarm }) => ({
        ...alarm,
        raised_at: raisedAt.toString(),
        cleared_at: clearedAt?.toString() ?? null,
      })),
  )
}

const presentFile = (file: AchFile): z.infer<typeof FileBody> => ({
  id: file.id,
  name: file.name,
  reference: file.reference,
  status: file.status,
  batches: file.batches,
  entries: file.entries,
  debits: trimmedUsd(file.debitsMinor),
  credits: trimmedUsd(file.creditsMinor),
  sha256: file.sha256,
  sealed_at: file.sealedAt.toString(),
  sent_at: file.sentAt?.toString() ?? null,
  answer_due_at: file.answerDueAt.toString(),
  answered_at: file.answeredAt?.toString() ?? null,
  findings: [...file.findings],
})

const presentBatch = (batch: AchBatch, entries: readonly AchEntry[]): z.infer<typeof BatchBody> => ({
  number: batch.number,
  sec_code: batch.secCode,
  description: batch.description,
  direction: batch.direction,
  speed: batch.speed,
  effective_on: batch.effectiveOn.toString(),
  line: batch.lineNumber,
  debits: trimmedUsd(batch.debitsMinor),
  credits: trimmedUsd(batch.creditsMinor),
  entries: entries.map(presentEntry),
})

export const presentEntry = (entry: AchEntry): z.infer<typeof EntryBody> => ({
  line: entry.lineNumber,
  trace_number: entry.traceNumber,
  purpose: entry.purpose,
  account_id: entry.accountId,
  relationship_id: entry.relationshipId,
  bank_version: entry.bankVersion,
  transfer_id: entry.transferId ?? null,
  attempt: entry.attempt,
  individual_id: entry.individualId,
  transaction_code: entry.transactionCode,
  amount: trimmedUsd(entry.amountMinor),
  account_mask: entry.accountMask,
  status: entry.status,
})
