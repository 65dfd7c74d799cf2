import { type BatchJournal, BrokerError, type Journal } from '@paddock/broker-sdk'
import type { PlatformContext } from '../context.ts'
import { usdOf } from '../decimal.ts'
import type { Call, Intent } from '../intents/intent.ts'
import { insertBatchJournals, listBatchJournals, listClaimedJournals } from '../journals/journals-store.ts'

/** As the Broker API takes it: cash has an amount, shares have a symbol and a quantity. */
export interface JournalAsked {
  readonly from_account: string
  readonly to_account: string
  readonly entry_type: 'JNLC' | 'JNLS'
  readonly amount?: string
  readonly symbol?: string
  readonly qty?: string
  readonly description?: string
}

export interface JournalBatchAsked {
  readonly from_account: string
  readonly entry_type: 'JNLC'
  readonly entries: readonly { readonly to_account: string; readonly amount: string }[]
  readonly description?: string
}

/** A batch goes by the name of its first journal. */
export interface JournalBatch {
  readonly id: string
  readonly journals: readonly (Journal | BatchJournal)[]
}

/** As long as the broker knows our key, asking again tells what became of it; longer nobody promises. */
const RESEND_SECONDS = 86_400

const SKEW = { seconds: 5 }

/** Moves cash or shares between accounts. Safe to repeat: the key answers the same journal again. */
export const submitJournal: Call<JournalAsked, Journal> = {
  kind: 'journal',
  isSecret: false,
  resendSeconds: RESEND_SECONDS,

  send: ({ broker }, intent, request) =>
    broker.journals.create(request, { idempotencyKey: intent.brokerKey }),

  async find(ctx, intent, request) {
    if (intent.brokerId !== undefined) return getJournal(ctx, intent.brokerId)
    if (request === undefined || mayAskAgain(ctx, intent)) return undefined
    const [found] = await findUnclaimed(ctx, intent, [request])
    return found
  },
}

/** Moves cash from one account to many: all of it or nothing. Safe to repeat in the same way. */
export const submitJournalBatch: Call<JournalBatchAsked, JournalBatch> = {
  kind: 'journal_batch',
  isSecret: false,
  resendSeconds: RESEND_SECONDS,

  async send({ broker }, intent, { entries, ...request }) {
    const body = { ...request, entries: [...entries] }
    return batchOf(await broker.journals.createBatch(body, { idempotencyKey: intent.brokerKey }))
  },

  async find(ctx, intent, request) {
    if (intent.brokerId !== undefined) {
      const ids = await listBatchJournals(ctx.db, intent)
      const journals = await Promise.all(ids.map((id) => getJournal(ctx, id)))
      return batchOf(journals.filter((journal) => journal !== undefined))
    }
    if (request === undefined || mayAskAgain(ctx, intent)) return undefined
    const { entries, ...common } = request
    const wanted = entries.map((entry) => ({ ...common, ...entry }))
    const found = await findUnclaimed(ctx, intent, wanted)
    return found.length === wanted.length ? batchOf(found) : undefined
  },

  async onAccepted(_ctx, tx, intent, { journals }) {
    await insertBatchJournals(
      tx,
      intent,
      journals.map(({ id }) => id),
    )
  },
}

function batchOf(journals: readonly (Journal | BatchJournal)[]): JournalBatch {
  const [first] = journals
  // Taken, but without a single journal: that is no answer, and says nothing.
  if (first === undefined) throw new BrokerError('the broker answered a batch without journals')
  return { id: first.id, journals }
}

async function getJournal({ broker }: PlatformContext, id: string): Promise<Journal | undefined> {
  try {
    return await broker.journals.get(id)
  } catch (error) {
    if (error instanceof BrokerError && error.status === 404) return undefined
    throw error
  }
}

function mayAskAgain({ clock }: PlatformContext, { createdAt }: Intent): boolean {
  return clock.now().epochMilliseconds - createdAt.epochMilliseconds <= RESEND_SECONDS * 1_000
}

/** The journals that look like these, made since we asked, each once and none of another intent's. */
async function findUnclaimed(
  ctx: PlatformContext,
  intent: Intent,
  wanted: readonly JournalAsked[],
): Promise<Journal[]> {
  const { from_account = '', entry_type } = wanted[0] ?? {}
  const listed = await ctx.broker.journals.list({ from_account, ...(entry_type && { entry_type }) })
  const notBefore = intent.askedAt.subtract(SKEW)
  const claimed = await listClaimedJournals(
    ctx.db,
    listed.map(({ id }) => id),
  )
  // Oldest first: the nearest to the moment of asking.
  const free = listed
    .filter(({ id, created_at: at }) => !claimed.has(id) && at !== undefined && !isBefore(at, notBefore))
    .toReversed()
  return wanted.flatMap((asked) => {
    const index = free.findIndex((journal) => looksLike(journal, asked))
    return index < 0 ? [] : free.splice(index, 1)
  })
}

const isBefore = (text: string, instant: Temporal.Instant) =>
  Temporal.Instant.compare(Temporal.Instant.from(text), instant) < 0

function looksLike(journal: Journal, asked: JournalAsked): boolean {
  const isSameMove =
    asked.entry_type === 'JNLC'
      ? usdOf(journal.net_amount) === usdOf(asked.amount)
      : journal.symbol === asked.symbol && journal.qty === asked.qty
  return (
    journal.to_account === asked.to_account && journal.description === (asked.description ?? '') && isSameMove
  )
}
