import { randomUUID } from 'node:crypto'
import type { BrokerContext } from '../context.ts'
import type { Partner } from '../keys/caller.ts'
import { digestOf, newSecret } from '../keys/secret.ts'
import type { OAuthClient, OAuthClientId } from './oauth-client.ts'
import { insertClient, type NewOAuthClient } from './oauth-client-store.ts'

export type Registration = Omit<NewOAuthClient, 'id' | 'secretHash' | 'status' | 'createdBy'>

/** Makes an app known. Its secret is in this answer and nowhere else. */
export async function registerClient(
  ctx: BrokerContext,
  partner: Partner,
  registration: Registration,
): Promise<{ client: OAuthClient; secret: string }> {
  const secret = newSecret('pdk_')
  const client = await ctx.db.transaction().execute((tx) =>
    insertClient(tx, {
      ...registration,
      id: randomUUID() as OAuthClientId,
      secretHash: digestOf(secret),
      status: 'ACTIVE',
      createdBy: partner.keyId,
    }),
  )
  return { client, secret }
}
