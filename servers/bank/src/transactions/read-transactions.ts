import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { Account, Item } from '../items/item.ts'
import { BankRefused } from '../refusals.ts'
import { USUAL_DAYS } from './begin-feed.ts'
import { BEGINNING, type Cursor, readCursor, writeCursor } from './cursor.ts'
import { feedItem, type Look } from './feed-item.ts'
import type { Phase } from './feed-store.ts'
import { type ToldTransaction, toldColumns, toldOf, toTold } from './told-transaction.ts'

/** An item whose transactions are asked for, and since when it has that product. */
export interface Subject {
  item: Item
  accounts: readonly Account[]
  startedAt: Temporal.Instant
  daysRequested: number | undefined
  /** What a processor asks for is not the client's asking. */
  isProcessors: boolean
}

export const feedSubject = (ctx: BankContext, tx: Tx, subject: Subject, look: Look = {}) => {
  const { item, accounts, startedAt, daysRequested = USUAL_DAYS, isProcessors } = subject
  return feedItem(ctx, tx, item, accounts, { startedAt, daysRequested }, isProcessors ? {} : look)
}

export interface SyncPage {
  phase: Phase
  added: ToldTransaction[]
  modified: ToldTransaction[]
  removed: ToldTransaction[]
  nextCursor: string
  hasMore: boolean
}

/**
 * One page of what changed after a cursor (contracts/plaid/transactions.md §2). All pages of a run see the
 * changes up to where the first one did; when there are more by then, the run must begin again.
 */
export async function syncTransactions(
  ctx: BankContext,
  subject: Subject,
  request: { cursor: string | undefined; count: number; accountId: string | undefined },
): Promise<SyncPage> {
  const { item } = subject
  const { accountId, count } = request
  return ctx.db.transaction().execute(async (tx) => {
    const feed = await feedSubject(ctx, tx, subject, { isSync: true })
    const { phase } = feed
    const isNow = request.cursor === 'now'
    const isGiven = request.cursor !== undefined && request.cursor !== '' && !isNow
    const cursor = isGiven ? readCursor(item.id, accountId, request.cursor ?? '') : BEGINNING
    const empty = { phase, added: [], modified: [], removed: [], hasMore: false }
    if (phase === 'not_ready') return { ...empty, nextCursor: '' }
    const head = await headOf(tx, item, accountId)
    const next = (at: Cursor) => writeCursor(item.id, accountId, at)
    if (isNow) return { ...empty, nextCursor: next({ since: head, reached: head, head: null }) }
    if (cursor.reached > feed.head) throw new BankRefused('cursor_unusable')
    if (cursor.head !== null && cursor.head !== head) throw new BankRefused('sync_mutated')
    const rows = await listChanges(tx, item, accountId, cursor, count + 1)
    const hasMore = rows.length > count
    const page = rows.slice(0, count)
    const { since } = cursor
    const reached = page.at(-1)?.changedSeq ?? head
    return {
      phase,
      added: page.filter((one) => !one.removed && one.addedSeq > since),
      modified: page.filter((one) => !one.removed && one.addedSeq <= since),
      removed: page.filter((one) => one.removed),
      hasMore,
      nextCursor: next(hasMore ? { since, reached, head } : { since: head, reached: head, head: null }),
    }
  })
}

async function headOf(tx: Tx, item: Item, accountId: string | undefined): Promise<bigint> {
  const query = tx
    .selectFrom('item_transactions')
    .select((row) => row.fn.max('changed_seq').as('head'))
    .where('client_id', '=', item.clientId)
    .where('item_id', '=', item.id)
  const one = await (accountId === undefined
    ? query
    : query.where('account_id', '=', accountId)
  ).executeTakeFirst()
  return one?.head ?? 0n
}

/** In the order of their last change; whoever starts with nothing is not told what is gone. */
async function listChanges(
  tx: Tx,
  item: Item,
  accountId: string | undefined,
  { since, reached }: Cursor,
  limit: number,
): Promise<ToldTransaction[]> {
  let query = toldOf(tx, item).select(toldColumns).where('told.changed_seq', '>', reached)
  if (accountId !== undefined) query = query.where('told.account_id', '=', accountId)
  if (since === 0n) query = query.where('told.removed', '=', false)
  const rows = await query.orderBy('told.changed_seq').limit(limit).execute()
  return rows.map(toTold)
}

export interface TransactionList {
  transactions: ToldTransaction[]
  total: number
}

/** The transactions between two days, both included, the newest first. */
export async function listTransactions(
  ctx: BankContext,
  subject: Subject,
  request: {
    from: Temporal.PlainDate
    to: Temporal.PlainDate
    accountIds: readonly string[]
    count: number
    offset: number
    isForStreams?: boolean
  },
): Promise<TransactionList> {
  const { from, to, accountIds, count, offset, isForStreams = false } = request
  return ctx.db.transaction().execute(async (tx) => {
    const { phase } = await feedSubject(ctx, tx, subject, { isForStreams })
    if (phase === 'not_ready') throw new BankRefused('product_not_ready')
    if (accountIds.length === 0) return { transactions: [], total: 0 }
    const matching = toldOf(tx, subject.item)
      .where('told.removed', '=', false)
      .where('told.account_id', 'in', [...accountIds])
      .where('bank.date', '>=', from)
      .where('bank.date', '<=', to)
    const counted = await matching.select((row) => row.fn.countAll<bigint>().as('total')).executeTakeFirst()
    const rows = await matching
      .select(toldColumns)
      .orderBy('bank.date', 'desc')
      .orderBy('told.added_seq', 'desc')
      .limit(count)
      .offset(offset)
      .execute()
    return { transactions: rows.map(toTold), total: Number(counted?.total ?? 0) }
  })
}
