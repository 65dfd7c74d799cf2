import type { JsonObject } from '../db/schema.ts'
import type { LoggedEvent } from '../events/logged-event.ts'

type RawJson = { rawJSON(text: string): object }

/** A decimal as a JSON number, digit by digit: no float has touched it (contracts/alpaca/events.md §4). */
const literal = (decimal: unknown) =>
  (JSON as unknown as RawJson).rawJSON(typeof decimal === 'string' && decimal !== '' ? decimal : '0')

const detailsOf = ({ payload }: LoggedEvent) => (payload.details ?? {}) as JsonObject

/** An activity of `GET /v1/events/nta`. Never `pending`: ours are told of when they are booked. */
export function presentNonTradeActivity(event: LoggedEvent) {
  const { payload } = event
  const { cusip, ca_id } = detailsOf(event)
  return {
    id: event.entityId,
    account_id: event.accountId,
    at: event.at.toString(),
    event_id: Number(event.seq),
    event_ulid: event.ulid,
    entry_type: payload.activity_type,
    ...given({ entry_sub_type: payload.activity_sub_type }),
    status: event.statusTo,
    symbol: payload.symbol ?? '',
    ...given({ cusip }),
    qty: literal(payload.qty),
    net_amount: literal(payload.net_amount),
    price: payload.price ?? '0',
    per_share_amount: literal(payload.per_share_amount),
    description: payload.description ?? '',
    settle_date: payload.settle_date,
    system_date: payload.system_date,
    ...given({ group_id: payload.group_id, corporate_action_id: ca_id }),
  }
}

/** What the stream of activities calls differently from the statement. */
const types: Readonly<Record<string, readonly [type: string, subtype?: string]>> = {
  FILL: ['TRD'],
  CFEE: ['FEE'],
  PTC: ['FEE'],
  DIVCGL: ['CGD', 'LCG'],
  DIVCGS: ['CGD', 'SCG'],
  DIVROC: ['DIV', 'ROC'],
  DIVTXEX: ['DIV', 'TXEX'],
  DIVWH: ['WH'],
  INTPNL: ['INT'],
}

/** An activity of `GET /v2beta1/events/activities`. */
export function presentActivity(event: LoggedEvent) {
  const { payload } = event
  const booked = String(payload.activity_type)
  const [type, subtype] = types[booked] ?? [booked]
  return {
    account_id: event.accountId,
    at: event.at.toString(),
    event_id: event.ulid,
    activity_type: type,
    ...given({ activity_subtype: payload.activity_sub_type ?? subtype }),
    ref_id: event.entityId,
    status: event.statusTo,
    executed_at: event.at.toString(),
    settle_date: payload.settle_date,
    currency: 'USD',
    ...given({
      qty: payload.qty,
      price: payload.price,
      net_amount: payload.net_amount,
      previous_id: payload.previous_id,
    }),
    details: type === 'TRD' ? tradeDetails(event) : otherDetails(event),
  }
}

function tradeDetails(event: LoggedEvent): JsonObject {
  // The statement's own word for an execution is not part of this stream.
  const { type: _, ...details } = detailsOf(event)
  return details
}

function otherDetails(event: LoggedEvent): JsonObject {
  const { symbol, system_date, group_id } = event.payload
  return { ...given({ symbol, system_date, group_id }), ...detailsOf(event) }
}

function given(facts: JsonObject | Record<string, unknown>): JsonObject {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as JsonObject
}
