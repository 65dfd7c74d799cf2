import type { ColumnType } from 'kysely'

export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

export type Json = ColumnType<JsonValue, string, string>
export type JsonArray = JsonValue[]
export type JsonObject = { [x: string]: JsonValue | undefined }
export type JsonPrimitive = boolean | number | string | null
export type JsonValue = JsonArray | JsonObject | JsonPrimitive

export interface AccessTokens {
  client_id: string
  created_at: Temporal.Instant
  item_id: string
  token_hash: string
}

export interface Accounts {
  available_minor: bigint | null
  client_id: string
  currency: string
  current_minor: bigint | null
  holder_category: string
  id: string
  item_id: string
  limit_minor: bigint | null
  mask: string
  name: string
  numbers_cipher: string | null
  official_name: string | null
  owners_cipher: string
  position: number
  subtype: string
  type: string
}

export interface Items {
  client_id: string
  created_at: Temporal.Instant
  id: string
  institution_id: string
  login_required_at: Temporal.Instant | null
  products: string[]
  removed_at: Temporal.Instant | null
  username: string
  webhook: string | null
}

export interface LinkEvents {
  at: Temporal.Instant
  client_id: string
  id: string
  metadata: Json
  name: string
  position: Generated<bigint>
  session_id: string
}

export interface LinkSessions {
  client_id: string
  finished_at: Temporal.Instant | null
  id: string
  institution_id: string | null
  link_token_hash: string
  login_cipher: string | null
  outcome: Json | null
  started_at: Temporal.Instant
}

export interface LinkTokens {
  client_id: string
  created_at: Temporal.Instant
  expires_at: Temporal.Instant
  request: Json
  token_hash: string
  update_item_id: string | null
}

export interface ProcessorTokens {
  account_id: string
  client_id: string
  created_at: Temporal.Instant
  item_id: string
  processor: string
  token_hash: string
}

export interface PublicTokens {
  client_id: string
  created_at: Temporal.Instant
  exchanged_at: Temporal.Instant | null
  expires_at: Temporal.Instant
  item_id: string
  token_hash: string
}

export interface DB {
  access_tokens: AccessTokens
  accounts: Accounts
  items: Items
  link_events: LinkEvents
  link_sessions: LinkSessions
  link_tokens: LinkTokens
  processor_tokens: ProcessorTokens
  public_tokens: PublicTokens
}
