import type { BankContext } from '../context.ts'
import { listItemsOfUser } from '../items/item-origin.ts'
import { BankRefused } from '../refusals.ts'
import type { User } from '../users/user.ts'
import { queueUserWebhook } from '../webhooks/queue-webhook.ts'
import { INCOME_PRODUCT } from './bank-income.ts'

/** Tells that a report on income was refreshed, without refreshing any: to `url`, or where an item of it is told. */
export async function fireIncomeWebhook(
  ctx: BankContext,
  user: User,
  {
    code,
    result,
    url,
  }: {
    code: 'BANK_INCOME_REFRESH_UPDATE' | 'BANK_INCOME_REFRESH_COMPLETE'
    result: 'SUCCESS' | 'FAILURE'
    url: string | null
  },
): Promise<void> {
  const items = await listItemsOfUser(ctx.db, user)
  const shared = items.filter(({ products }) => products.includes(INCOME_PRODUCT))
  const address = url ?? shared.find(({ webhook }) => webhook !== null)?.webhook
  if (address == null) throw new BankRefused('webhook_missing')
  const told = { webhook_type: 'INCOME' as const, user_id: user.id }
  await ctx.db
    .transaction()
    .execute((tx) =>
      queueUserWebhook(
        ctx,
        tx,
        { clientId: user.clientId, url: address },
        code === 'BANK_INCOME_REFRESH_COMPLETE'
          ? { ...told, webhook_code: code, result }
          : { ...told, webhook_code: code },
      ),
    )
  ctx.agenda.wake()
}
