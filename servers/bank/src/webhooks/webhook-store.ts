import type { FieldCipher } from '@paddock/service'
import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { Webhooks } from '../db/schema.ts'
import type { TryOutcome, Webhook, WebhookState, WebhookTry } from './webhook.ts'

const cell = (id: string) => ({ table: 'bank.webhooks', column: 'body_cipher', rowId: id })

/** Stores a webhook that waits; answers its place among all. */
export async function insertWebhook(
  tx: Tx,
  cipher: FieldCipher,
  { clientId, id, itemId, accountId, url, type, code, body, queuedAt }: Omit<Webhook, 'status'>,
): Promise<bigint> {
  const { seq } = await tx
    .insertInto('webhooks')
    .values({
      client_id: clientId,
      id,
      item_id: itemId,
      account_id: accountId,
      url,
      type,
      code,
      body_cipher: cipher.encrypt(body, cell(id)),
      queued_at: queuedAt,
    })
    .returning('seq')
    .executeTakeFirstOrThrow()
  return seq
}

export async function findWebhook(
  db: Db | Tx,
  cipher: FieldCipher,
  clientId: string,
  id: string,
): Promise<Webhook | undefined> {
  const row = await db
    .selectFrom('webhooks')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? undefined : toWebhook(cipher, row)
}

/** The newest first. */
export async function listWebhooks(
  db: Db,
  cipher: FieldCipher,
  { itemId, limit }: { itemId?: string | undefined; limit: number },
): Promise<(Webhook & { tries: WebhookTry[] })[]> {
  const rows = await db
    .selectFrom('webhooks')
    .selectAll()
    .$if(itemId !== undefined, (query) => query.where('item_id', '=', itemId ?? ''))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const tries = await db
    .selectFrom('webhook_tries')
    .selectAll()
    .where('webhook_id', 'in', ids)
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    ...toWebhook(cipher, row),
    tries: tries
      .filter(({ webhook_id }) => webhook_id === row.id)
      .map(({ number, at, outcome, status }) => ({
        number,
        at,
        outcome: outcome as TryOutcome | null,
        status,
      })),
  }))
}

/** Notes that a try begins; the same try again after a crash changes nothing. */
export async function beginTry(
  tx: Tx,
  { clientId, id }: Webhook,
  number: number,
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('webhook_tries')
    .values({ client_id: clientId, webhook_id: id, number, at, outcome: null, status: null })
    .onConflict((conflict) => conflict.columns(['client_id', 'webhook_id', 'number']).doNothing())
    .execute()
  await tx
    .updateTable('webhooks')
    .set({ sent_at: sql`coalesce(sent_at, ${at.toString()}::timestamptz)` })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .execute()
}

export async function endTry(
  tx: Tx,
  { clientId, id }: Webhook,
  { number, outcome, status }: { number: number; outcome: TryOutcome; status: number | null },
): Promise<void> {
  await tx
    .updateTable('webhook_tries')
    .set({ outcome, status })
    .where('client_id', '=', clientId)
    .where('webhook_id', '=', id)
    .where('number', '=', number)
    .execute()
}

/** Ends a webhook that still waits. */
export async function endWebhook(
  tx: Tx,
  { clientId, id }: Webhook,
  status: Exclude<WebhookState, 'waiting'>,
): Promise<void> {
  await tx
    .updateTable('webhooks')
    .set({ status })
    .where('client_id', '=', clientId)
    .where('id', '=', id)
    .where('status', '=', 'waiting')
    .execute()
}

/** What waits for an item that is gone is not sent any more, neither to its client nor to processors. */
export async function dropWebhooks(tx: Tx, item: { clientId: string; id: string }): Promise<void> {
  const accounts = tx
    .selectFrom('accounts')
    .select('id')
    .where('client_id', '=', item.clientId)
    .where('item_id', '=', item.id)
  await tx
    .updateTable('webhooks')
    .set({ status: 'dropped' })
    .where('status', '=', 'waiting')
    .where((where) =>
      where.or([
        where.and([where('client_id', '=', item.clientId), where('item_id', '=', item.id)]),
        where('account_id', 'in', accounts),
      ]),
    )
    .execute()
}

/** How a client's endpoints answered since an instant. */
export async function countTries(
  tx: Tx,
  clientId: string,
  since: Temporal.Instant,
): Promise<{ all: bigint; failed: bigint }> {
  const { rows } = await sql<{ all: bigint; failed: bigint }>`
    select count(*) as all, count(*) filter (where outcome <> 'accepted') as failed from webhook_tries
    where client_id = ${clientId} and at > ${since.toString()} and outcome is not null`.execute(tx)
  return rows[0] ?? { all: 0n, failed: 0n }
}

/** The last webhook that was sent about an item. */
export async function findLastSent(
  db: Db,
  item: { clientId: string; id: string },
): Promise<{ code: string; sentAt: Temporal.Instant } | undefined> {
  const row = await db
    .selectFrom('webhooks')
    .select(['code', 'sent_at'])
    .where('client_id', '=', item.clientId)
    .where('item_id', '=', item.id)
    .where('sent_at', 'is not', null)
    .orderBy('sent_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.sent_at == null ? undefined : { code: row.code, sentAt: row.sent_at }
}

function toWebhook(cipher: FieldCipher, row: Selectable<Webhooks>): Webhook {
  return {
    clientId: row.client_id,
    id: row.id,
    itemId: row.item_id,
    accountId: row.account_id,
    url: row.url,
    type: row.type,
    code: row.code,
    body: cipher.decrypt(row.body_cipher, cell(row.id)),
    queuedAt: row.queued_at,
    status: row.status as WebhookState,
  }
}
