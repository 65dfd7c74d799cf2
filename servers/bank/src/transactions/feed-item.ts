import { createHash } from 'node:crypto'
import { newYorkDate } from '@paddock/calendar'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { Account, Item } from '../items/item.ts'
import { findLoginOf } from '../living/life-store.ts'
import { liveUpToNow } from '../living/live.ts'
import { objectIdOf } from '../tokens/object-id.ts'
import {
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

/** How long after its beginning an item has its last days, and when all that was asked for. */
const INITIAL_AFTER_MS = 2_000
const HISTORICAL_AFTER_MS = 6_000
export const INITIAL_DAYS = 30

/** Cards, loans and cash have transactions; investments have others. */
export function hasTransactions({ type }: Pick<Account, 'type'>): boolean {
  return type === 'depository' || type === 'credit' || type === 'loan'
}

/** A feed that was brought up to date, with the last change that the item knew before. */
export interface Fed extends Feed {
  knownHead: bigint
}

/** Brings what an item was told up to what happened at the bank by now. The feed stays locked. */
export async function feedItem(
  ctx: BankContext,
  tx: Tx,
  item: Item,
  accounts: readonly Account[],
  beginning: Pick<Feed, 'startedAt' | 'daysRequested'>,
): Promise<Fed> {
  const covered = accounts.filter(hasTransactions)
  const login = covered[0] === undefined ? undefined : await findLoginOf(tx, covered[0].bankAccountId)
  const life = login === undefined ? undefined : await liveUpToNow(ctx, tx, login)
  const feed = await lockFeed(tx, item, beginning)
  const phase = phaseAt(feed, ctx.clock.now())
  if (phase === 'not_ready' || life === undefined) return { ...feed, phase, knownHead: feed.head }
  const isWider = phase !== feed.phase
  const days = phase === 'initial' ? Math.min(INITIAL_DAYS, feed.daysRequested) : feed.daysRequested
  const from = newYorkDate(feed.startedAt).subtract({ days })
  const ids = covered.map(({ bankAccountId }) => bankAccountId)
  const changed = await listChanged(tx, ids, isWider ? -1n : feed.seenNo, from)
  const told = await listTold(tx, item, changed)
  const head = await tell(tx, { item, covered, feed }, changed, told)
  const now = { ...feed, phase, head, seenNo: life.head }
  await saveFeed(tx, item, now)
  return { ...now, knownHead: feed.head }
}

/** Writes down what the item is told of these changes; answers the number of the last one. */
export async function tell(
  tx: Tx,
  { item, covered, feed }: { item: Item; covered: readonly Account[]; feed: Feed },
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
  if (ageMs < INITIAL_AFTER_MS) return 'not_ready'
  return ageMs < HISTORICAL_AFTER_MS ? 'initial' : 'historical'
}

/** The vendor's id of a merchant is the same for everybody. */
export function merchantEntityIdOf(merchantId: string): string {
  return objectIdOf(createHash('sha256').update(`merchant|${merchantId}`).digest())
}
