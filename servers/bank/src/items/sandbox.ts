import { signInAndOpen } from '../bank-accounts/open-accounts.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { findInstitution } from '../institutions/catalog.ts'
import { isPayable } from '../personas/draft-account.ts'
import { AUTOMATED_PASSWORD, DEFAULT_LOGIN } from '../personas/sign-in.ts'
import { BankRefused } from '../refusals.ts'
import { issueProcessorToken, issuePublicToken } from '../tokens/token-store.ts'
import { createWaitingItem } from '../verification/automatic.ts'
import { breakLogin } from './break-login.ts'
import { createItem, refuseUnsold } from './create-item.ts'
import type { Account, Item } from './item.ts'
import type { ItemOrigin } from './item-origin.ts'
import { openItem } from './open-item.ts'

export interface SandboxLink {
  clientId: string
  institutionId: string
  products: readonly string[]
  webhook: string | null
  username?: string | undefined
  password?: string | undefined
  origin?: ItemOrigin
  daysRequested?: number | null
}

/** Links a sandbox login without Link: an item with all its accounts, and a public token for it. */
export async function linkInSandbox(ctx: BankContext, link: SandboxLink): Promise<string> {
  return ctx.db.transaction().execute(async (tx) => {
    const { item } = await createSandboxItem(ctx, tx, link)
    return issuePublicToken(tx, item, ctx.clock.now())
  })
}

/** The same, ending in a processor token for the first account that money can be sent to. */
export async function linkProcessorInSandbox(
  ctx: BankContext,
  link: SandboxLink,
  processor: string,
): Promise<string> {
  return ctx.db.transaction().execute(async (tx) => {
    const { item, accounts } = await createSandboxItem(ctx, tx, link)
    const account = accounts.find(isPayable)
    if (account === undefined) throw new BankRefused('no_auth_accounts')
    const target = { clientId: item.clientId, itemId: item.id, id: account.id }
    return issueProcessorToken(tx, target, processor, ctx.clock.now())
  })
}

/** Breaks the login of an item, so that a client can learn to repair it. */
export async function resetLogin(ctx: BankContext, clientId: string, accessToken: string): Promise<void> {
  const item = await openItem(ctx, clientId, accessToken)
  await breakLogin(ctx, item)
}

export async function createSandboxItem(
  ctx: BankContext,
  tx: Tx,
  link: SandboxLink,
): Promise<{ item: Item; accounts: Account[] }> {
  const institution = findInstitution(link.institutionId)
  if (institution === undefined) throw new BankRefused('institution_unknown')
  // Before the books are opened: a whole family of accounts, with its past, is much to throw away again.
  refuseUnsold(institution, link.products)
  const username = link.username ?? DEFAULT_LOGIN.username
  const login = { username, password: link.password ?? DEFAULT_LOGIN.password }
  const accounts = await signInAndOpen(ctx, tx, institution, login)
  if (login.password !== AUTOMATED_PASSWORD) {
    return createItem(ctx, tx, { ...link, institution, username, accounts })
  }
  return createWaitingItem(ctx, tx, { ...link, institution, username, accounts })
}
