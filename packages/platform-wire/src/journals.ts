import { z } from 'zod'
import { PlainDate, Price, Quantity, QuantityInput, Timestamp, Usd, UsdInput } from './scalars.ts'

/** An account's id, the firm's own included, or the e-mail of a customer. */
const Party = z.string().min(1).max(254)

const Description = z.string().max(1_024).optional()

/** POST /journals, operators only: cash with `amount`, or shares with `symbol` and `qty`. Answers `{journal}`. */
export const JournalRequest = z.strictObject({
  from_account: Party,
  to_account: Party,
  entry_type: z.enum(['JNLC', 'JNLS']),
  amount: UsdInput.optional(),
  symbol: z.string().min(1).max(20).optional(),
  qty: QuantityInput.optional(),
  description: Description,
})
export type JournalRequest = z.infer<typeof JournalRequest>

/** POST /journals/batch, operators only: from one to many, all or nothing. Answers `{journals}`. */
export const JournalBatchRequest = z.strictObject({
  entry_type: z.literal('JNLC'),
  from_account: Party,
  entries: z
    .array(z.strictObject({ to_account: Party, amount: UsdInput }))
    .min(1)
    .max(1_000),
  description: Description,
})
export type JournalBatchRequest = z.infer<typeof JournalBatchRequest>

export const Journal = z.object({
  id: z.string(),
  entry_type: z.enum(['JNLC', 'JNLS']),
  from_account: z.string(),
  to_account: z.string(),
  /** The Broker API's word: `queued`, then `executed`; above the limits `pending`. */
  status: z.string(),
  /** Of cash; null for shares, as the next three are for cash. */
  net_amount: Usd.nullable(),
  symbol: z.string().nullable(),
  qty: Quantity.nullable(),
  price: Price.nullable(),
  description: z.string(),
  settle_date: PlainDate.nullable(),
  created_at: Timestamp.nullable(),
})
export type Journal = z.infer<typeof Journal>

export const JournalAnswer = z.object({ journal: Journal })
export type JournalAnswer = z.infer<typeof JournalAnswer>

export const JournalBatchAnswer = z.object({ journals: z.array(Journal) })
export type JournalBatchAnswer = z.infer<typeof JournalBatchAnswer>
