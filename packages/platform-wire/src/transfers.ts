import { z } from 'zod'
import { Id, PlainDate, Timestamp, Usd, UsdInput } from './scalars.ts'

export const TransferDirection = z.enum(['INCOMING', 'OUTGOING'])

/**
 * PUT /api/transfers/:id answers a Transfer (202 while its outcome is unknown). The browser makes the id:
 * sending the same again is a retry. POST /api/transfers/:id/cancel answers the Transfer too.
 */
export const TransferRequest = z.strictObject({
  relationship_id: Id,
  direction: TransferDirection,
  amount: UsdInput,
})
export type TransferRequest = z.infer<typeof TransferRequest>

export const Transfer = z.object({
  /** The intent's id, made by whoever asked. */
  id: Id,
  /** The broker's id; null while the outcome is unknown or when it was refused. */
  broker_transfer_id: Id.nullable(),
  direction: TransferDirection,
  amount: Usd,
  /** The Broker API's word, or UNKNOWN while we are finding out, or REFUSED. */
  status: z.string(),
  reason: z.string().nullable(),
  requested_at: Timestamp,
  updated_at: Timestamp,
  /** When it should settle, by the bank calendar; null once that is over or moot. */
  expected_on: PlainDate.nullable(),
  can_cancel: z.boolean(),
})
export type Transfer = z.infer<typeof Transfer>

/** GET /api/transfers, newest first. */
export const Transfers = z.object({ transfers: z.array(Transfer) })
export type Transfers = z.infer<typeof Transfers>

/** GET /api/transfers/terms: what would happen to a transfer that is asked for now. */
export const TransferTerms = z.object({
  deposit: z.object({
    cutoff_at: Timestamp,
    settles_on: PlainDate,
    withdrawable_on: PlainDate,
    minimum: Usd,
    left_today: Usd,
  }),
  withdrawal: z.object({
    cutoff_at: Timestamp,
    settles_on: PlainDate,
    minimum: Usd,
    left_today: Usd,
    available: Usd,
  }),
})
export type TransferTerms = z.infer<typeof TransferTerms>
