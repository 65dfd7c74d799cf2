import { z } from 'zod'

/** Cursors are checked by the stream itself, because their rules span several parameters. */
export const EventsQuery = z.object({
  since: z.string().optional(),
  until: z.string().optional(),
  since_id: z.string().optional(),
  until_id: z.string().optional(),
  since_ulid: z.string().optional(),
  until_ulid: z.string().optional(),
  id: z.string().optional(),
})

export type EventsQuery = z.infer<typeof EventsQuery>

/** The two names of an event on a v1 stream: a number and a ULID, in the same order. */
const v1Ids = { event_id: z.number().int(), event_ulid: z.string() }

export const AccountStatusEvent = z.looseObject({
  ...v1Ids,
  account_id: z.string(),
  account_number: z.string(),
  at: z.string(),
  status_from: z.string().optional(),
  status_to: z.string().optional(),
  crypto_status_from: z.string().optional(),
  crypto_status_to: z.string().optional(),
})

export type AccountStatusEvent = z.infer<typeof AccountStatusEvent>

export const TransferStatusEvent = z.object({
  ...v1Ids,
  account_id: z.string(),
  at: z.string(),
  status_from: z.string(),
  status_to: z.string(),
  transfer_id: z.string(),
})

export type TransferStatusEvent = z.infer<typeof TransferStatusEvent>

export const FundingStatusEvent = z.object({
  account_id: z.string(),
  at: z.string(),
  correspondent: z.string(),
  entity_id: z.string(),
  entity_type: z.enum(['BankRelationship', 'WireBank', 'Transfer', 'FundingWallet']),
  event_id: z.string(),
  status_from: z.string().optional(),
  status_to: z.string(),
  reason: z.string().optional(),
})

export type FundingStatusEvent = z.infer<typeof FundingStatusEvent>
