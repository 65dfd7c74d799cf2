import { Uuid } from '@paddock/broker-wire'
import type { PostedTransfer } from '@paddock/ledger'
import { trimmedUsd, type UsdMinor } from '@paddock/money'
import { z } from 'zod'
import { type Trace, type TracedAnswer, type TracedEntry, traceMoney } from '../reconciliation/trace.ts'
import { type TraceQuestion, TraceRejected } from '../reconciliation/trace-subject.ts'
import { presentDecision } from './ops-risk.ts'
import type { BrokerRoutes } from './routes.ts'
import { presentTransfer } from './transfers.ts'

const TraceQuery = z.object({
  transfer_id: Uuid.optional(),
  trace_number: z
    .string()
    .regex(/^\d{15}$/, 'must be the 15 digits of a trace number')
    .optional(),
  file_id: Uuid.optional(),
  line: z.coerce.number().int().min(1).max(99_999_999).optional(),
  ledger_transaction_id: z
    .string()
    .regex(/^[\x20-\x7e]{1,300}$/, 'must be the id of a ledger transaction')
    .optional(),
  event_id: z
    .string()
    .regex(/^(?:\d{1,18}|[0-9A-HJKMNP-TV-Z]{26})$/, 'must be the id of an event')
    .optional(),
})

const Thing = z.looseObject({})

const TraceBody = z.object({
  transfer: Thing.nullable(),
  decisions: z.array(Thing),
  attempts: z.array(
    z.object({
      file: Thing,
      batch: Thing,
      entry: Thing,
      acknowledgement: Thing.nullable(),
      answers: z.array(Thing),
      statement_lines: z.array(Thing),
    }),
  ),
  ledger: z.array(Thing),
  events: z.array(Thing),
})

/** Where a customer's money was and is, in one answer; not part of the vendor's API (contracts/nacha/reconciliation.md §4). */
export const opsAchTraceRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/_ops/ach/trace',
    {
      schema: {
        summary: 'Follow money by a transfer, trace number, line of a file, ledger transaction or event',
        tags: ['Operations'],
        querystring: TraceQuery,
        response: { 200: TraceBody },
      },
    },
    async ({ query }) => present(await traceMoney(ctx, readQuestion(query))),
  )
}

/** Exactly one way to say what is meant; a line needs its file, and a file a line. */
function readQuestion(query: z.infer<typeof TraceQuery>): TraceQuestion {
  const { transfer_id, trace_number, file_id, line, ledger_transaction_id, event_id } = query
  const questions: (TraceQuestion | undefined)[] = [
    transfer_id === undefined ? undefined : { by: 'transfer', id: transfer_id },
    trace_number === undefined ? undefined : { by: 'trace_number', traceNumber: trace_number },
    ledger_transaction_id === undefined ? undefined : { by: 'ledger_transaction', id: ledger_transaction_id },
    event_id === undefined ? undefined : { by: 'event', id: event_id },
    file_id === undefined || line === undefined ? undefined : { by: 'line', fileId: file_id, line },
  ]
  const [asked, ...more] = questions.filter((one) => one !== undefined)
  const isHalf = (file_id === undefined) !== (line === undefined)
  if (asked === undefined || more.length > 0 || isHalf) throw new TraceRejected('trace_needs_one')
  return asked
}

const usd = (minor: bigint) => trimmedUsd(minor as UsdMinor)

const present = (trace: Trace): z.infer<typeof TraceBody> => ({
  transfer: trace.transfer === undefined ? null : presentTransfer(trace.transfer),
  decisions: trace.decisions.map(presentDecision),
  attempts: trace.attempts.map(presentAttempt),
  ledger: trace.ledger.map(presentPosting),
  events: trace.events.map((event) => ({
    event_id: event.ulid,
    seq: Number(event.seq),
    stream: event.stream,
    entity_id: event.entity_id,
    status_from: event.status_from,
    status_to: event.status_to,
    at: event.at.toString(),
  })),
})

const presentAttempt = ({ file, batch, entry, text, ...rest }: TracedEntry) => ({
  file: {
    id: file.id,
    name: file.name,
    reference: file.reference,
    status: file.status,
    sha256: file.sha256,
    sealed_at: file.sealed_at.toString(),
    sent_at: file.sent_at?.toString() ?? null,
    answered_at: file.answered_at?.toString() ?? null,
  },
  batch: {
    number: batch.number,
    sec_code: batch.sec_code,
    description: batch.description,
    effective_on: batch.effective_on.toString(),
    line: batch.line_number,
  },
  entry: {
    id: entry.id,
    line: entry.line_number,
    text,
    trace_number: entry.trace_number,
    individual_id: entry.individual_id,
    transaction_code: entry.transaction_code,
    purpose: entry.purpose,
    attempt: entry.attempt,
    amount: usd(entry.amount_minor),
    account_mask: entry.account_mask,
    status: entry.status,
  },
  acknowledgement:
    rest.acknowledgement === undefined
      ? null
      : { file: rest.acknowledgement.name, received_at: rest.acknowledgement.received_at.toString() },
  answers: rest.answers.map(presentAnswer),
  statement_lines: rest.statementLines.map((line) => ({
    id: line.id,
    day: line.day.toString(),
    posted_at: line.posted_at.toString(),
    kind: line.kind,
    file: line.file,
    batch_number: line.batch_number,
    amount: usd(line.amount_minor),
    description: line.description,
  })),
})

const presentAnswer = (answer: TracedAnswer) => ({
  id: answer.id,
  kind: answer.kind,
  code: answer.code,
  state: answer.state,
  parked_because: answer.parked_because,
  file_id: answer.inbound_file_id,
  file: answer.file_name,
  line: answer.line_number,
  trace_number: answer.trace_number,
  amount: usd(answer.amount_minor),
  settles_on: answer.settles_on?.toString() ?? null,
  information: answer.information,
  at: answer.created_at.toString(),
})

const presentPosting = (posting: PostedTransfer) => ({
  ledger_transaction_id: posting.id,
  type: posting.type,
  from: posting.from,
  to: posting.to,
  amount: usd(posting.amount),
  cause: posting.cause,
  at: posting.at.toString(),
})
