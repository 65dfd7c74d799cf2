import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AccountRefused } from '../../applications/account-refused.ts'
import type { BrokerageAccount } from '../../applications/brokerage-account.ts'
import { findBrokerageAccount } from '../../applications/brokerage-accounts-store.ts'
import type { PlatformContext } from '../../context.ts'
import { foldEmail } from '../../identity/email.ts'
import { callerOf } from '../access.ts'

/** Id of the account, or e-mail of its owner. */
export const IdentifierPath = z.object({ identifier: z.string().min(1).max(254) })

/** The caller's own account, when that is what the identifier names. Anybody else's is as good as none. */
export async function ownAccount(
  { db }: PlatformContext,
  request: FastifyRequest,
  identifier: string,
): Promise<BrokerageAccount> {
  const caller = callerOf(request)
  const account = await findBrokerageAccount(db, caller.id)
  if (account === undefined) throw new AccountRefused('not_found')
  const names: (string | undefined)[] = [account.id, caller.email, foldEmail(account.email)]
  const isOwn = names.includes(identifier.toLowerCase()) || names.includes(foldEmail(identifier) ?? '')
  if (!isOwn) throw new AccountRefused('not_found')
  return account
}
