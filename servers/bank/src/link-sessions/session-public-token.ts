import type { BankContext } from '../context.ts'
import { derivedUuid, tokenOf } from '../tokens/secret-token.ts'
import type { LinkSession } from './link-session.ts'

/**
 * The public token of a session. Derived with the server's key, because `/link/token/get` has to tell it
 * again and the database keeps tokens as hashes only.
 */
export function publicTokenOf(ctx: BankContext, session: LinkSession): string {
  return tokenOf('public', publicTokenUuid(ctx, session))
}

export function publicTokenUuid(ctx: BankContext, session: LinkSession): string {
  return derivedUuid(ctx.cipher, `public token of ${session.id}`)
}
