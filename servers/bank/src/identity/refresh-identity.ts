import type { BankContext } from '../context.ts'
import { openAccounts } from '../items/open-item.ts'
import { queueItemWebhook } from '../webhooks/queue-webhook.ts'

/** Reads the owners anew and tells so: every account, with all that was read (contracts/plaid/identity.md §1). */
export async function refreshIdentity(
  ctx: BankContext,
  clientId: string,
  accessToken: string,
): Promise<void> {
  const { item, accounts } = await openAccounts(ctx, { clientId, accessToken, product: 'identity' })
  const read = accounts.map(({ id }) => [id, ['NAMES', 'PHONES', 'EMAILS', 'ADDRESSES'] as const])
  await ctx.db.transaction().execute((tx) =>
    queueItemWebhook(ctx, tx, item, {
      webhook_type: 'IDENTITY',
      webhook_code: 'DEFAULT_UPDATE',
      account_ids_with_updated_identity: Object.fromEntries(read),
      error: null,
    }),
  )
  ctx.agenda.wake()
}
