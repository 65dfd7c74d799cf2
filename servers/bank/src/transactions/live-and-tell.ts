import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { LIFE_QUEUE, scheduleLife } from '../living/life-jobs.ts'
import { findLoginOf, type LoginRef } from '../living/life-store.ts'
import { liveUpToNow } from '../living/live.ts'
import type { WebhookItem } from '../webhooks/queue-webhook.ts'
import { announceChanges } from './announce.ts'
import { type FedAccount, feedItem } from './feed-item.ts'
import { lockFeed } from './feed-store.ts'

/** Books each morning what a login did since yesterday, and tells it. */
async function workLife(ctx: BankContext, login: LoginRef): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await liveAndTell(ctx, tx, login)
    await scheduleLife(tx, login, ctx.clock.now())
  })
  ctx.agenda.wake()
}

/** Tells at once what happened on an account. */
export async function tellNow(ctx: BankContext, bankAccountId: string): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const login = await findLoginOf(tx, bankAccountId)
    if (login !== undefined) await liveAndTell(ctx, tx, login)
  })
  ctx.agenda.wake()
}

/** Lives a login up to now and tells the clients that listen: one announcement for all of it. */
async function liveAndTell(ctx: BankContext, tx: Tx, login: LoginRef): Promise<void> {
  // Before the life, in the order in which others lock.
  const listening = await lockListening(tx, login)
  await liveUpToNow(ctx, tx, login)
  for (const { item, accounts } of listening) {
    const known = await lockFeed(tx, item)
    if (known === undefined) continue
    const feed = await feedItem(ctx, tx, item, accounts, known)
    // Until then the webhooks of readiness tell everything.
    if (feed.phase === 'historical') await announceChanges(ctx, tx, item, feed)
  }
}

export const lifeHandlers = { [LIFE_QUEUE]: workLife }

interface Listening {
  item: WebhookItem
  accounts: FedAccount[]
}

/** The items on the accounts of a login whose clients, or processors of theirs, want to be told of transactions. */
async function lockListening(tx: Tx, { institutionId, loginKey }: LoginRef): Promise<Listening[]> {
  const rows = await tx
    .selectFrom('bank_accounts as booked')
    .innerJoin('accounts', 'accounts.bank_account_id', 'booked.id')
    .innerJoin('items', (join) =>
      join.onRef('items.client_id', '=', 'accounts.client_id').onRef('items.id', '=', 'accounts.item_id'),
    )
    .select(['items.client_id', 'items.id as item_id', 'items.webhook'])
    .select(['accounts.id', 'accounts.type', 'accounts.bank_account_id'])
    .where('booked.institution_id', '=', institutionId)
    .where('booked.login_key', '=', loginKey)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('items.webhook', 'is not', null),
        exists(
          selectFrom('processor_tokens as token')
            .select('token.token_hash')
            .whereRef('token.client_id', '=', 'items.client_id')
            .whereRef('token.item_id', '=', 'items.id')
            .where('token.webhook', 'is not', null),
        ),
      ]),
    )
    .where('items.removed_at', 'is', null)
    .where('items.login_required_at', 'is', null)
    .orderBy('items.client_id')
    .orderBy('items.id')
    .orderBy('accounts.position')
    .forShare('items')
    .execute()
  const byItem = Map.groupBy(rows, (row) => `${row.client_id}|${row.item_id}`)
  return [...byItem.values()].flatMap((own) => {
    const [first] = own
    if (first === undefined) return []
    const item = { clientId: first.client_id, id: first.item_id, webhook: first.webhook }
    const accounts = own.map((row) => ({
      id: row.id,
      type: row.type as FedAccount['type'],
      bankAccountId: row.bank_account_id,
    }))
    return [{ item, accounts }]
  })
}
