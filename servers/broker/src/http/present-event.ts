import type { LoggedEvent } from '../events/read-events.ts'

/** Four letters by which the vendor tells its partners apart. */
const CORRESPONDENT = 'PDCK'

const v1Ids = ({ seq, ulid }: LoggedEvent) => ({ event_id: Number(seq), event_ulid: ulid })

export function presentAccountEvent(event: LoggedEvent) {
  return { account_id: event.accountId, at: event.at.toString(), ...v1Ids(event), ...event.payload }
}

export function presentTransferEvent(event: LoggedEvent) {
  return {
    account_id: event.accountId,
    at: event.at.toString(),
    ...v1Ids(event),
    status_from: event.statusFrom ?? '',
    status_to: event.statusTo,
    transfer_id: event.entityId,
  }
}

export function presentFundingEvent(event: LoggedEvent) {
  return {
    account_id: event.accountId,
    at: event.at.toString(),
    correspondent: CORRESPONDENT,
    entity_id: event.entityId,
    entity_type: event.stream === 'transfer' ? 'Transfer' : 'BankRelationship',
    event_id: event.ulid,
    ...(event.statusFrom ? { status_from: event.statusFrom } : {}),
    status_to: event.statusTo,
    ...(event.payload.reason ? { reason: event.payload.reason } : {}),
  }
}

const trade = (event: LoggedEvent) => ({
  account_id: event.accountId,
  at: event.at.toString(),
  event: event.statusTo,
  ...event.payload,
})

export const presentTradeEventV1 = (event: LoggedEvent) => ({ ...trade(event), ...v1Ids(event) })

export const presentTradeEventV2 = (event: LoggedEvent) => ({ ...trade(event), event_id: event.ulid })
