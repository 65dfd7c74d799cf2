import type { AccountStatusEvent, FundingStatusEvent, TradeEvent } from '@paddock/broker-sdk'
import type { LiveMessage } from '@paddock/platform-wire'
import { findOwner } from '../applications/brokerage-accounts-store.ts'
import type { PlatformContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { pause } from '../pause.ts'
import { applyStatus } from './account-statuses.ts'

type Stream = 'account' | 'funding' | 'trade'

/** One stream of the broker: how to open it, and what its events mean here. */
interface Feed<Event extends { account_id: string }> {
  readonly stream: Stream
  open(
    ctx: PlatformContext,
    options: { after?: string; since?: string; signal: AbortSignal },
  ): AsyncIterable<Event>
  idOf(event: Event): string
  /** What the open pages of the account's owner should fetch again. */
  changes(event: Event): LiveMessage['type']
  apply?(tx: Tx, event: Event): Promise<void>
}

const accountFeed: Feed<AccountStatusEvent> = {
  stream: 'account',
  open: ({ broker }, options) => broker.events.accountStatus(options),
  idOf: (event) => event.event_ulid,
  changes: () => 'account',
  apply: applyStatus,
}

const fundingFeed: Feed<FundingStatusEvent> = {
  stream: 'funding',
  open: ({ broker }, options) => broker.events.fundingStatus(options),
  idOf: (event) => event.event_id,
  changes: (event) => (event.entity_type === 'Transfer' ? 'transfers' : 'banks'),
}

const tradeFeed: Feed<TradeEvent> = {
  stream: 'trade',
  open: ({ broker }, options) => broker.events.trades(options),
  idOf: (event) => event.event_id,
  changes: () => 'orders',
}

/** A new platform reads all there is: what happened before its first event may be what it waits for. */
const BEGINNING = '1970-01-01T00:00:00Z'
const RETRY_MS = 2_000

/**
 * Follows the broker's streams from where we stopped. Events and cursor are stored in one transaction, so
 * that a crash repeats an event at most; the stored id makes the repetition harmless.
 */
export function followBrokerEvents(ctx: PlatformContext, signal: AbortSignal): Promise<unknown> {
  return Promise.all([
    follow(ctx, accountFeed, signal),
    follow(ctx, fundingFeed, signal),
    follow(ctx, tradeFeed, signal),
  ])
}

async function follow<Event extends { account_id: string }>(
  ctx: PlatformContext,
  feed: Feed<Event>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const after = await readCursor(ctx, feed.stream)
      const start = after === undefined ? { since: BEGINNING } : { after }
      for await (const event of feed.open(ctx, { ...start, signal })) await take(ctx, feed, event)
    } catch (error) {
      if (signal.aborted) return
      ctx.warn(error, `following the stream ${feed.stream} failed; it will be taken up again`)
      await pause(RETRY_MS, signal)
    }
  }
}

async function take<Event extends { account_id: string }>(
  ctx: PlatformContext,
  feed: Feed<Event>,
  event: Event,
): Promise<void> {
  const owner = await ctx.db.transaction().execute(async (tx) => {
    const isNew = await storeEvent(ctx, tx, feed, event)
    await moveCursor(ctx, tx, feed.stream, feed.idOf(event))
    if (!isNew) return undefined
    await feed.apply?.(tx, event)
    return findOwner(tx, event.account_id)
  })
  if (owner !== undefined) ctx.live.tell(owner, feed.changes(event))
}

async function storeEvent<Event extends { account_id: string }>(
  { clock }: PlatformContext,
  tx: Tx,
  feed: Feed<Event>,
  event: Event,
): Promise<boolean> {
  const result = await tx
    .insertInto('broker_events')
    .values({
      account_id: event.account_id,
      stream: feed.stream,
      event_id: feed.idOf(event),
      payload: JSON.stringify(event),
      received_at: clock.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

async function readCursor({ db }: PlatformContext, stream: Stream): Promise<string | undefined> {
  const row = await db
    .selectFrom('event_cursors')
    .select('last_event_id')
    .where('stream', '=', stream)
    .executeTakeFirst()
  return row?.last_event_id
}

async function moveCursor({ clock }: PlatformContext, tx: Tx, stream: Stream, id: string): Promise<void> {
  const values = { last_event_id: id, updated_at: clock.now() }
  await tx
    .insertInto('event_cursors')
    .values({ stream, ...values })
    .onConflict((conflict) => conflict.column('stream').doUpdateSet(values))
    .execute()
}
