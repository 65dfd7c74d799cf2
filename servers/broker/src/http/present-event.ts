import type { JsonObject, JsonValue } from '../db/schema.ts'
import { CORRESPONDENT } from '../events/correspondent.ts'
import type { LoggedEvent } from '../events/logged-event.ts'

const v1Ids = ({ seq, ulid }: LoggedEvent) => ({ event_id: Number(seq), event_ulid: ulid })

export function presentAccountEvent(event: LoggedEvent) {
  return { account_id: event.accountId, at: event.at.toString(), ...v1Ids(event), ...event.payload }
}

/** Clients of v1 know no EXPIRED: to them it was canceled (contracts/alpaca/events.md §4). */
const transferStatusV1 = (status: string | undefined) => (status === 'EXPIRED' ? 'CANCELED' : (status ?? ''))

export function presentTransferEvent(event: LoggedEvent) {
  return {
    account_id: event.accountId,
    at: event.at.toString(),
    ...v1Ids(event),
    status_from: transferStatusV1(event.statusFrom),
    status_to: transferStatusV1(event.statusTo),
    transfer_id: event.entityId,
  }
}

const fundingEntities: Readonly<Partial<Record<LoggedEvent['stream'], string>>> = {
  transfer: 'Transfer',
  bank_relationship: 'BankRelationship',
  wire_bank: 'WireBank',
}

export function presentFundingEvent(event: LoggedEvent) {
  return {
    account_id: event.accountId,
    at: event.at.toString(),
    correspondent: CORRESPONDENT,
    entity_id: event.entityId,
    entity_type: fundingEntities[event.stream],
    event_id: event.ulid,
    ...(event.statusFrom ? { status_from: event.statusFrom } : {}),
    status_to: event.statusTo,
    ...(event.payload.reason ? { reason: event.payload.reason } : {}),
  }
}

/** Clients of v1 know no activity_created: the journal was executed before and still is. */
const journalStatusV1 = (status: string | undefined) =>
  status === 'activity_created' ? 'executed' : (status ?? '')

export function presentJournalEventV1(event: LoggedEvent) {
  return {
    at: event.at.toString(),
    entry_type: event.payload.entry_type,
    ...v1Ids(event),
    journal_id: event.entityId,
    status_from: journalStatusV1(event.statusFrom),
    status_to: event.statusTo,
  }
}

export function presentJournalEventV2({ payload, ...event }: LoggedEvent) {
  return {
    at: event.at.toString(),
    entry_type: payload.entry_type,
    event_id: event.ulid,
    journal_id: event.entityId,
    status_from: event.statusFrom ?? '',
    status_to: event.statusTo,
    description: payload.description ?? '',
    idempotency_key: payload.idempotency_key ?? '',
    idempotency_key_type: payload.idempotency_key_type ?? '',
    batch_error_message: payload.batch_error_message ?? '',
  }
}

const trade = (event: LoggedEvent, facts: JsonObject) => ({
  account_id: event.accountId,
  at: event.at.toString(),
  event: event.statusTo,
  ...facts,
})

/** The day of settlement is news of the second version. */
export function presentTradeEventV1(event: LoggedEvent) {
  const { settle_date: _, ...facts } = event.payload
  return { ...trade(event, facts), ...v1Ids(event) }
}

export const presentTradeEventV2 = (event: LoggedEvent) => ({
  ...trade(event, event.payload),
  event_id: event.ulid,
})

export function presentAdminEvent(event: LoggedEvent) {
  return {
    event_id: event.ulid,
    at: event.at.toString(),
    type: event.statusTo,
    correspondent: CORRESPONDENT,
    ...event.payload,
    ...flat('belongs_to', event.payload.belongs_to),
    ...flat('created_by', event.payload.created_by),
  }
}

/** The vendor is on its way from objects to fields of their own, and sends both (contracts/alpaca/events.md §5). */
function flat(name: string, fact: JsonValue | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(Object(fact)).map(([key, value]) => [`${name}_${key}`, value]))
}

export const presentSystemEvent = (event: LoggedEvent) => ({
  at: event.at.toString(),
  event_id: event.ulid,
  type: event.statusTo,
  ...event.payload,
})

export const presentCorporateActionEvent = (event: LoggedEvent) => ({
  event_id: event.ulid,
  at: event.at.toString(),
  action: event.statusTo,
  ...event.payload,
})
