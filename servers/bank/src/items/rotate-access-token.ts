import type { BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import { hashToken } from '../tokens/secret-token.ts'
import { issueAccessToken } from '../tokens/token-store.ts'
import { openItem } from './open-item.ts'

/** Gives an item another access token in place of this one, which is dead at once. Of two at once, one does. */
export async function rotateAccessToken(
  ctx: BankContext,
  clientId: string,
  accessToken: string,
): Promise<string> {
  const item = await openItem(ctx, clientId, accessToken)
  return ctx.db.transaction().execute(async (tx) => {
    const ended = await tx
      .deleteFrom('access_tokens')
      .where('client_id', '=', clientId)
      .where('token_hash', '=', hashToken(accessToken))
      .executeTakeFirst()
    if (ended.numDeletedRows === 0n) throw new BankRefused('access_token_unknown')
    return issueAccessToken(tx, item, ctx.clock.now())
  })
}
