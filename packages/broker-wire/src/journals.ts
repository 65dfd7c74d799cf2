import { z } from 'zod'
import { DecimalInput } from './decimal.ts'
import { filledLine, line, MomentParam, Timestamp, Uuid } from './primitives.ts'

export const EntryTypeName = z.enum(['JNLC', 'JNLS'], { error: 'must be JNLC or JNLS' })

/** `activity_created` is not among them: the vendor's client cannot read it (contracts/alpaca/journals.md §2). */
export const journalStatuses = [
  'queued',
  'pending',
  'sent_to_clearing',
  'executed',
  'rejected',
  'refused',
  'canceled',
  'deleted',
  'correct',
] as const

const transmitted = line(255).nullish()

/** Who sends the money on behalf of whom, in the vendor's newer form. */
export const TransmitterInfo = z.object({
  originator_full_name: transmitted,
  originator_street_address: transmitted,
  originator_city: transmitted,
  originator_state: transmitted,
  originator_postal_code: transmitted,
  originator_country: transmitted,
  originator_bank_name: transmitted,
  originator_bank_account_number: transmitted,
  other_identifying_information: transmitted,
})
export type TransmitterInfo = z.infer<typeof TransmitterInfo>

const travelRule = {
  transmitter_name: transmitted,
  transmitter_account_number: transmitted,
  transmitter_address: transmitted,
  transmitter_financial_institution: transmitted,
  transmitter_timestamp: Timestamp.max(64).nullish(),
  transmitter_info: TransmitterInfo.nullish(),
}

const description = line(1_024).nullish()
const currency = z.literal('USD', { error: 'must be USD' }).nullish()

export const CreateJournalBody = z.object({
  from_account: Uuid,
  to_account: Uuid,
  entry_type: EntryTypeName,
  amount: DecimalInput.nullish(),
  symbol: line(40).nullish(),
  qty: DecimalInput.nullish(),
  currency,
  description,
  ...travelRule,
})
export type CreateJournalBody = z.infer<typeof CreateJournalBody>

/** No honest batch has more; a caller with more sends several. */
const MAX_ENTRIES = 1_000

const entriesOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.array(entry).min(1, 'must have an entry').max(MAX_ENTRIES, `must have at most ${MAX_ENTRIES} entries`)

const batch = {
  entry_type: z.literal('JNLC', { error: 'must be JNLC' }),
  currency,
  description,
}

const entry = { amount: DecimalInput, description, ...travelRule }

/** From one account to many. */
export const CreateJournalBatchBody = z.object({
  ...batch,
  from_account: Uuid,
  entries: entriesOf(z.object({ to_account: Uuid, ...entry })),
})
export type CreateJournalBatchBody = z.infer<typeof CreateJournalBatchBody>

/** From many accounts to one. */
export const CreateReverseJournalBatchBody = z.object({
  ...batch,
  to_account: Uuid,
  entries: entriesOf(z.object({ from_account: Uuid, ...entry })),
})
export type CreateReverseJournalBatchBody = z.infer<typeof CreateReverseJournalBatchBody>

export const JournalPath = z.object({ journal_id: Uuid })

const orNone = <Value extends z.ZodType>(value: Value) =>
  z.union([z.literal('').transform(() => undefined), value]).optional()

/** Several by comma or by repetition; what is no status at all is refused as a whole. */
const StatusList = z.union([z.string(), z.array(z.string())]).transform((value, ctx) => {
  const words = [value].flat().flatMap((part) => part.split(',').filter(Boolean))
  const known = journalStatuses.filter((status) => words.includes(status))
  if (words.every((word) => known.some((status) => status === word))) return known
  ctx.addIssue({ code: 'custom', message: `must be of ${journalStatuses.join(', ')}` })
  return z.NEVER
})

export const ListJournalsQuery = z.object({
  after: orNone(MomentParam),
  before: orNone(MomentParam),
  status: StatusList.optional(),
  entry_type: orNone(EntryTypeName),
  to_account: orNone(Uuid),
  from_account: orNone(Uuid),
  limit: z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .optional(),
})
export type ListJournalsQuery = z.infer<typeof ListJournalsQuery>

const Text = z.string().nullish()

/** Cash has `net_amount`; shares have `symbol`, `qty` and `price`; the others are null. */
export const JournalBody = z.object({
  id: Uuid,
  entry_type: EntryTypeName,
  from_account: Uuid,
  to_account: Uuid,
  status: z.enum(journalStatuses),
  symbol: Text,
  qty: Text,
  price: Text,
  net_amount: Text,
  currency: Text,
  description: z.string(),
  /** Both are null until it is booked. */
  settle_date: Text,
  system_date: Text,
  created_at: z.string().optional(),
  transmitter_name: Text,
  transmitter_account_number: Text,
  transmitter_address: Text,
  transmitter_financial_institution: Text,
  transmitter_timestamp: Text,
  transmitter_info: TransmitterInfo.nullish(),
})
export type JournalBody = z.infer<typeof JournalBody>

/** One row of a batch. As a batch is taken whole or not at all, the message is always empty. */
export const BatchJournalBody = JournalBody.extend({ error_message: Text })
export type BatchJournalBody = z.infer<typeof BatchJournalBody>

/** Ours: what an operator sees of a journal. */
export const OpsJournalBody = JournalBody.extend({
  reason: z.string().nullable(),
  /** The journal that this one takes the place of. */
  corrects: Uuid.nullable(),
})
export type OpsJournalBody = z.infer<typeof OpsJournalBody>

export const JournalReasonBody = z.object({ reason: filledLine(500) })

export const CorrectJournalBody = z.object({
  amount: DecimalInput.nullish(),
  qty: DecimalInput.nullish(),
  reason: filledLine(500),
})
export type CorrectJournalBody = z.infer<typeof CorrectJournalBody>

/** Ours: the account from which rewards are paid, and what journals may move without being asked about. */
export const FirmBody = z.object({
  id: Uuid,
  account_number: z.string(),
  cash: z.string(),
  cash_transferable: z.string(),
  journal_limits: z.object({
    per_journal: z.string(),
    per_day: z.string(),
    used_today: z.string(),
    between_customers: z.boolean(),
  }),
})
export type FirmBody = z.infer<typeof FirmBody>
