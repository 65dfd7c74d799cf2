import type { ApiClient, BankContext } from '../context.ts'
import { BankRefused } from '../refusals.ts'
import { openProcessorToken } from './processor.ts'
import { setPermissions } from './processor-store.ts'

/** Restricts what a token reads. Only the client that made it may: a processor would widen what it was given. */
export async function restrictProcessor(
  ctx: BankContext,
  client: ApiClient,
  token: string,
  products: readonly string[],
): Promise<void> {
  const { named } = await openProcessorToken(ctx, client, token)
  if (named.clientId !== client.clientId) throw new BankRefused('processor_token_unknown')
  await setPermissions(ctx.db, { clientId: named.clientId, token }, [...new Set(products)])
}
