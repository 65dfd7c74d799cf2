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
  /** Only of non-trade activities. */
  group_id: z.string().optional(),
  /** Only of non-trade activities; ours are told of when they are booked, so there is nothing to add. */
  include_preprocessing: z.string().optional(),
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
  reason: z.string().optional(),
  account_blocked: z.boolean().optional(),
  trading_blocked: z.boolean().optional(),
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

const journal = {
  at: z.string(),
  entry_type: z.enum(['JNLC', 'JNLS']),
  journal_id: z.string(),
  status_from: z.string(),
  status_to: z.string(),
}

export const JournalStatusEvent = z.object({ ...journal, ...v1Ids })

export type JournalStatusEvent = z.infer<typeof JournalStatusEvent>

export const JournalStatusEventV2 = z.object({
  ...journal,
  event_id: z.string(),
  description: z.string(),
  idempotency_key: z.string(),
  /** How it was asked for; empty when there was no key. */
  idempotency_key_type: z.enum(['', 'single', 'batch']),
  batch_error_message: z.string(),
})

export type JournalStatusEventV2 = z.infer<typeof JournalStatusEventV2>

/** Amounts are JSON numbers here, and only here. */
export const NonTradeActivityEvent = z.object({
  ...v1Ids,
  id: z.string(),
  account_id: z.string(),
  at: z.string(),
  entry_type: z.string(),
  entry_sub_type: z.string().optional(),
  status: z.enum(['executed', 'correct', 'canceled']),
  symbol: z.string(),
  cusip: z.string().optional(),
  qty: z.number(),
  net_amount: z.number(),
  price: z.string(),
  per_share_amount: z.number(),
  description: z.string(),
  settle_date: z.string(),
  system_date: z.string(),
  group_id: z.string().optional(),
  corporate_action_id: z.string().optional(),
})

export type NonTradeActivityEvent = z.infer<typeof NonTradeActivityEvent>

export const ActivityEvent = z.object({
  account_id: z.string(),
  at: z.string(),
  event_id: z.string(),
  activity_type: z.string(),
  activity_subtype: z.string().optional(),
  /** The execution or the movement: by it consumers know what they have seen. */
  ref_id: z.string(),
  status: z.enum(['executed', 'correct', 'canceled']),
  executed_at: z.string(),
  settle_date: z.string(),
  currency: z.string(),
  qty: z.string().optional(),
  price: z.string().optional(),
  net_amount: z.string().optional(),
  previous_id: z.string().optional(),
  details: z.record(z.string(), z.unknown()),
})

export type ActivityEvent = z.infer<typeof ActivityEvent>

export const AdminActionEvent = z.object({
  event_id: z.string(),
  replaces_event_id: z.string().optional(),
  at: z.string(),
  type: z.enum([
    'liquidation_admin_event',
    'legacy_note_admin_event',
    'note_admin_event',
    'transaction_cancel_admin_event',
    'acats_status_admin_event',
  ]),
  category: z.enum(['order', 'other', 'acats']),
  visibility: z.enum(['internal', 'external', 'correspondent_only']),
  note: z.string(),
  correspondent: z.string(),
  belongs_to: z.object({ kind: z.string(), id_reference: z.string() }),
  created_by: z.object({ kind: z.string(), id_reference: z.string().optional() }),
  /** The same once more: the objects are to go. */
  belongs_to_kind: z.string(),
  belongs_to_id_reference: z.string(),
  created_by_kind: z.string(),
  created_by_id_reference: z.string().optional(),
  context: z.record(z.string(), z.unknown()),
})

export type AdminActionEvent = z.infer<typeof AdminActionEvent>

export const SystemEvent = z.object({
  at: z.string(),
  event_id: z.string(),
  type: z.enum(['eod_balances_ready', 'eod_positions_ready']),
  system_date: z.string(),
  description: z.string(),
})

export type SystemEvent = z.infer<typeof SystemEvent>

export const ActivityEventPath = z.object({ account_id: z.string(), event_id: z.string() })
