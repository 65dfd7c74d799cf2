import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '../db/database.ts'
import type { JsonObject, JsonValue } from '../db/schema.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import { appendEvent } from '../events/append-event.ts'
import type { AccountId } from './account.ts'
import { type LockedAccount, lockAccount } from './account-store.ts'

export type RestrictionChange = {
  readonly tradingBlocked?: boolean | undefined
  readonly transfersBlocked?: boolean | undefined
  readonly accountBlocked?: boolean | undefined
  /** The overrides to change, in wire form; null takes one away. */
  readonly adminConfigurations?: JsonObject | undefined
  /** A person, or the broker's own rules. */
  readonly by: 'admin' | 'service'
}

/** Blocks an account or frees it, and tells what changed; nothing when that is how it was. Locks the account. */
export async function restrictAccount(
  tx: Tx,
  accountId: AccountId,
  change: RestrictionChange,
  now: Temporal.Instant,
): Promise<void> {
  const account = await lockAccount(tx, accountId)
  const before = account.restrictions
  const blocks = {
    ...changed('trading_blocked', before.tradingBlocked, change.tradingBlocked),
    ...changed('transfers_blocked', before.transfersBlocked, change.transfersBlocked),
    ...changed('account_blocked', before.accountBlocked, change.accountBlocked),
  }
  const after = merge(before.adminConfigurations, change.adminConfigurations ?? {})
  const admin = changedKeys(before.adminConfigurations, after)
  if (Object.keys(blocks).length + Object.keys(admin).length === 0) return
  await tx
    .updateTable('accounts')
    .set({ ...blocks, admin_configurations: JSON.stringify(after), updated_at: now })
    .where('id', '=', accountId)
    .execute()
  await appendAccountNews(
    tx,
    account,
    { ...blocks, ...(Object.keys(admin).length === 0 ? {} : { admin_configurations: admin }) },
    now,
  )
  const context = {
    ...Object.fromEntries(Object.entries(blocks).map(([name, to]) => [name, { from: !to, to }])),
    ...changesOf(before.adminConfigurations, after),
  }
  const note = `restrictions changed: ${Object.keys(context).join(', ')}`
  await appendAdminEvent(tx, { type: 'note_admin_event', accountId, note, context, by: change.by, at: now })
}

/** Tells of a change that moved no status. The account must be locked. */
export async function appendAccountNews(
  tx: Tx,
  account: LockedAccount,
  news: JsonObject,
  now: Temporal.Instant,
): Promise<void> {
  await appendEvent(tx, {
    accountId: account.id,
    stream: 'account',
    entityId: account.id,
    statusFrom: account.status,
    statusTo: account.status,
    at: now,
    payload: { account_number: account.accountNumber, reason: '', ...news },
  })
}

function changed(name: string, before: boolean, after: boolean | undefined): Record<string, boolean> {
  return after === undefined || after === before ? {} : { [name]: after }
}

/** Objects within, such as the reasons of a liquidation, are merged as well. */
function merge(before: JsonObject, change: JsonObject): JsonObject {
  const merged = Object.entries(change).map(([key, value]): [string, JsonValue | undefined] => {
    const known = before[key]
    return [key, isObject(value) && isObject(known) ? merge(known, value) : value]
  })
  return Object.fromEntries(
    Object.entries({ ...before, ...Object.fromEntries(merged) }).filter(([, v]) => v != null),
  )
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Figures are told with what they were before (contracts/alpaca/events.md). */
const toldAsPair = ['max_margin_multiplier', 'max_options_trading_level']

function changedKeys(before: JsonObject, after: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(changesOf(before, after)).map(([key, { from, to }]) => [
      key,
      toldAsPair.includes(key) ? { from, to } : to,
    ]),
  )
}

type Change = { readonly from: JsonValue; readonly to: JsonValue }

function changesOf(before: JsonObject, after: JsonObject): Record<string, Change> {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return Object.fromEntries(
    keys
      .filter((key) => !isDeepStrictEqual(before[key], after[key]))
      .map((key) => [key, { from: before[key] ?? null, to: after[key] ?? null }]),
  )
}
