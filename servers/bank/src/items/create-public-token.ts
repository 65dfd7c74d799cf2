import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import { issuePublicToken, PUBLIC_TOKEN_LIFE } from '../tokens/token-store.ts'
import { lockItem } from './item-store.ts'
import { openItem } from './open-item.ts'

/** A further public token of an item, whose login may be broken. */
export async function createPublicToken(
  ctx: BankContext,
  clientId: string,
  accessToken: string,
): Promise<{ publicToken: string; expiresAt: Temporal.Instant }> {
  const { id } = await openItem(ctx, clientId, accessToken)
  const now = ctx.clock.now()
  const publicToken = await ctx.db.transaction().execute(async (tx) => {
    const locked = await lockItem(tx, clientId, id)
    if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
    return issuePublicToken(tx, locked.item, now)
  })
  return { publicToken, expiresAt: now.add(PUBLIC_TOKEN_LIFE) }
}
