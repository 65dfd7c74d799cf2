import type { ColumnType } from 'kysely'

export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

export type Json = ColumnType<JsonValue, string, string>
export type JsonArray = JsonValue[]
export type JsonObject = { [x: string]: JsonValue | undefined }
export type JsonPrimitive = boolean | number | string | null
export type JsonValue = JsonArray | JsonObject | JsonPrimitive

export interface Accounts {
  account_number: string
  account_type: string
  application: Json
  created_at: Temporal.Instant
  crypto_status: string
  currency: string
  email_key: string
  enabled_assets: Json
  id: string
  kyc_results: Json | null
  search_text: string
  status: string
  tax_id_cipher: string | null
  updated_at: Temporal.Instant
}

export interface AchRelationships {
  account_id: string
  account_mask: string
  account_number_cipher: string
  account_owner_name: string
  approval_method: string
  bank_account_type: string
  created_at: Temporal.Instant
  id: string
  nickname: string | null
  processor_token_cipher: string | null
  routing_number_cipher: string
  status: string
  updated_at: Temporal.Instant
}

export interface EventInbox {
  event_id: bigint
}

export interface EventSequence {
  account_id: string
  event_id: bigint
  seq: bigint
  stream: string
  ulid: string
}

export interface Events {
  account_id: string
  at: Temporal.Instant
  created_at: Generated<Temporal.Instant>
  entity_id: string
  id: Generated<bigint>
  payload: Json
  status_from: string | null
  status_to: string
  stream: string
}

export interface IdempotentAnswers {
  account_id: string
  answer: Json
  created_at: Temporal.Instant
  key: string
  request_hash: string
}

export interface Transfers {
  account_id: string
  additional_information: string | null
  amount_minor: bigint
  created_at: Temporal.Instant
  cutoff_at: Temporal.Instant | null
  direction: string
  expires_at: Temporal.Instant
  id: string
  reason: string | null
  relationship_id: string
  requested_on: Temporal.PlainDate
  return_code: string | null
  settles_at: Temporal.Instant | null
  settles_on: Temporal.PlainDate | null
  status: string
  transfer_type: string
  updated_at: Temporal.Instant
  withdrawable_on: Temporal.PlainDate | null
}

export interface DB {
  accounts: Accounts
  ach_relationships: AchRelationships
  event_inbox: EventInbox
  event_sequence: EventSequence
  events: Events
  idempotent_answers: IdempotentAnswers
  transfers: Transfers
}
