import { createHash } from 'node:crypto'
import { newYorkDate } from '@paddock/calendar'
import { assert } from '@paddock/kernel'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { Account, ItemRef } from '../items/item.ts'
import { findLoginOf } from '../living/life-store.ts'
import { liveUpToNow } from '../living/live.ts'
import { objectIdOf } from '../tokens/object-id.ts'
import type { WebhookItem } from '../webhooks/queue-webhook.ts'
import { beginFeed, READY_AFTER_MS } from './begin-feed.ts'
import {
  type Beginning,
  type ChangedRow,
  type Feed,
  type ItemTransaction,
  listChanged,
  listTold,
  lockFeed,
  type Phase,
  putTold,
  saveFeed,
} from './feed-store.ts'

export const INITIAL_DAYS = 30
const PHASES: readonly Phase[] = ['not_ready', 'initial', 'historical']

/** Cards, loans and cash have transactions; investments have others. */
export function hasTransactions({ type }: Pick<Account, 'type'>): boolean {
  return type === 'depository' || type === 'credit' || type === 'loan'
}

/** An account as far as its transactions need it. */
export type FedAccount = Pick<Account, 'id' | 'type' | 'bankAccountId'>

/** What a look at an item's transactions is for, where that matters later. */
export interface Look {
  /** How far it lets the feed become ready; default: as far as its age allows. */
  upTo?: Phase
  isSync?: boolean
  isForStreams?: boolean
}

/** Brings what an item was told up to what happened at the bank by now. The feed stays locked. */
export async function feedItem(
  ctx: BankContext,
  tx: Tx,
  item: WebhookItem,
  accounts: readonly FedAccount[],
  beginning: Beginning,
  look: Look = {},
): Promise<Feed> {
  const covered = accounts.filter(hasTransactions)
  const login = covered[0] === undefined ? undefined : await findLoginOf(tx, covered[0].bankAccountId)
  const life = login === undefined ? undefined : await liveUpToNow(ctx, tx, login)
  const feed = await openFeed(tx, item, beginning, look)
  const phase = later(feed.phase, earlier(phaseAt(feed, ctx.clock.now()), look.upTo ?? 'historical'))
  if (phase === 'not_ready' || life === undefined) return { ...feed, phase }
  const isWider = phase !== feed.phase
  if (!isWider && feed.seenNo === life.head) return feed
  const days = phase === 'initial' ? Math.min(INITIAL_DAYS, feed.daysRequested) : feed.daysRequested
  const from = newYorkDate(feed.startedAt).subtract({ days })
  const ids = covered.map(({ bankAccountId }) => bankAccountId)
  const changed = await listChanged(tx, ids, isWider ? -1n : feed.seenNo, from)
  const told = await listTold(tx, item, changed)
  const head = await tell(tx, { item, covered, feed }, changed, told)
  // What fills a feed is told by the webhooks of readiness, not as changes.
  const announced = isWider ? head : feed.announced
  const now = { ...feed, phase, head, announced, seenNo: life.head }
  await saveFeed(tx, item, now)
  return now
}

/** The feed of an item, locked; begun when it is not there yet. */
async function openFeed(tx: Tx, item: WebhookItem, beginning: Beginning, look: Look): Promise<Feed> {
  const feed = (await lockFeed(tx, item)) ?? (await begun(tx, item, beginning))
  const hasSynced = feed.hasSynced || look.isSync === true
  const askedStreams = feed.askedStreams || look.isForStreams === true
  if (hasSynced === feed.hasSynced && askedStreams === feed.askedStreams) return feed
  const noted = { ...feed, hasSynced, askedStreams }
  await saveFeed(tx, item, noted)
  return noted
}

async function begun(tx: Tx, item: WebhookItem, beginning: Beginning): Promise<Feed> {
  await beginFeed(tx, item, beginning)
  const feed = await lockFeed(tx, item)
  assert(feed !== undefined, 'a feed that was begun is there')
  return feed
}

/** Writes down what the item is told of these changes; answers the number of the last one. */
export async function tell(
  tx: Tx,
  { item, covered, feed }: { item: ItemRef; covered: readonly FedAccount[]; feed: Feed },
  changed: readonly ChangedRow[],
  told: ReadonlyMap<string, ItemTransaction>,
): Promise<bigint> {
  const byBankAccount = new Map(covered.map((account) => [account.bankAccountId, account]))
  const rows: ItemTransaction[] = []
  let head = feed.head
  for (const change of changed) {
    const known = told.get(`${change.account_id}|${change.id}`)
    const removed = change.state === 'removed'
    // A wider window shows again what the item knows.
    if (known !== undefined && (change.changed_no <= feed.seenNo || (known.removed && removed))) continue
    if (known === undefined && removed) continue
    head += 1n
    if (known !== undefined) {
      // What was taken back with its account and is shared again is new to whoever was told so.
      const addedSeq = known.removed ? head : known.addedSeq
      rows.push({ ...known, removed, addedSeq, changedSeq: head })
      continue
    }
    const account = byBankAccount.get(change.account_id)
    if (account === undefined) continue
    rows.push({
      accountId: account.id,
      transactionId: transactionIdOf(account.id, change.id),
      bankAccountId: change.account_id,
      bankTransactionId: change.id,
      addedSeq: head,
      changedSeq: head,
      removed,
    })
  }
  await putTold(tx, item, rows)
  return head
}

/** The vendor's id of a transaction: another one in each item, and always the same in one. */
export function transactionIdOf(accountId: string, bankTransactionId: string): string {
  return objectIdOf(createHash('sha256').update(`${accountId}|${bankTransactionId}`).digest())
}

function phaseAt({ startedAt }: Feed, now: Temporal.Instant): Phase {
  const ageMs = now.epochMilliseconds - startedAt.epochMilliseconds
  if (ageMs < READY_AFTER_MS.initial) return 'not_ready'
  return ageMs < READY_AFTER_MS.historical ? 'initial' : 'historical'
}

const earlier = (a: Phase, b: Phase) => (PHASES.indexOf(a) < PHASES.indexOf(b) ? a : b)
const later = (a: Phase, b: Phase) => (PHASES.indexOf(a) < PHASES.indexOf(b) ? b : a)
export const hasReached = (a: Phase, b: Phase) => later(a, b) === a

/** The vendor's id of a merchant is the same for everybody. */
export function merchantEntityIdOf(merchantId: string): string {
  return objectIdOf(createHash('sha256').update(`merchant|${merchantId}`).digest())
}
