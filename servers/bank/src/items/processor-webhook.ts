import type { ApiClient, BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { BankRefused } from '../refusals.ts'
import { queueProcessorWebhook } from '../webhooks/queue-webhook.ts'
import type { ProcessorEvent } from '../webhooks/webhook.ts'
import { lockItem } from './item-store.ts'
import { mayRead, openProcessorToken } from './processor.ts'
import { listListeners, setProcessorWebhook } from './processor-store.ts'

/** Changes where a processor is told of its account, and tells that to the new address. */
export async function updateProcessorWebhook(
  ctx: BankContext,
  client: ApiClient,
  token: string,
  url: string | null,
): Promise<void> {
  const { named } = await openProcessorToken(ctx, client, token)
  await ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, named.clientId, named.itemId)
    if (locked === undefined || locked.removed) throw new BankRefused('processor_token_unknown')
    const address = url === null ? null : { clientId: client.clientId, url }
    await setProcessorWebhook(tx, { clientId: named.clientId, token }, address)
    if (address === null) return
    await queueProcessorWebhook(
      ctx,
      tx,
      { ...address, accountId: named.accountId },
      {
        webhook_type: 'PROCESSOR_TOKEN',
        webhook_code: 'WEBHOOK_UPDATE_ACKNOWLEDGED',
        new_webhook_url: address.url,
        error: null,
      },
    )
  })
  ctx.agenda.wake()
}

/** Tells the processors that listen, and may read transactions, what happened to their accounts of an item. */
export async function tellProcessors(
  ctx: BankContext,
  tx: Tx,
  item: { clientId: string; id: string },
  eventsOf: (accountId: string) => readonly ProcessorEvent[],
): Promise<void> {
  const listeners = await listListeners(tx, item)
  for (const listener of listeners.filter((one) => mayRead(one, 'transactions'))) {
    for (const event of eventsOf(listener.accountId)) await queueProcessorWebhook(ctx, tx, listener, event)
  }
}
