import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import { issueAccessToken, takePublicToken } from '../tokens/token-store.ts'

/** Turns a public token into the item's access token, once. */
export async function exchangePublicToken(
  ctx: BankContext,
  clientId: string,
  publicToken: string,
): Promise<{ accessToken: string; itemId: string }> {
  const now = ctx.clock.now()
  return ctx.db.transaction().execute(async (tx) => {
    const itemId = await takePublicToken(tx, clientId, publicToken, now)
    if (itemId === undefined) throw new BankRefused('public_token_unusable')
    return { accessToken: await issueAccessToken(tx, { clientId, id: itemId }, now), itemId }
  })
}
