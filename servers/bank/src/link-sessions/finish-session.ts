import type { LinkSuccessMetadata } from '@paddock/bank-wire'
import { assert } from '@paddock/kernel'
import type { BankAccount } from '../bank-accounts/bank-account.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { Institution } from '../institutions/institution.ts'
import { listAccounts } from '../items/account-store.ts'
import { changeAccounts } from '../items/change-accounts.ts'
import { createItem } from '../items/create-item.ts'
import type { Account, Item } from '../items/item.ts'
import { lockItem, setConsented, setLoginRequired } from '../items/item-store.ts'
import { isPayable } from '../personas/draft-account.ts'
import { BankRefused } from '../refusals.ts'
import { issuePublicToken } from '../tokens/token-store.ts'
import { followAccounts } from '../transactions/follow-accounts.ts'
import { followTyped, typedFor, withTyped } from '../verification/after-login.ts'
import { finishByNumbers } from '../verification/finish-by-numbers.ts'
import { offerAccounts, pickAccounts } from './account-choice.ts'
import type { LinkSession } from './link-session.ts'
import { endSession, lockSession } from './link-session-store.ts'
import type { LinkRequest, LinkToken } from './link-token.ts'
import { sharedKeys } from './oauth-store.ts'
import { openLinkToken, type SessionKey } from './open-session.ts'
import { tellItemAdded } from './session-end.ts'
import { acceptedLogin } from './session-login.ts'
import { publicTokenOf, publicTokenUuid } from './session-public-token.ts'
import { originBehind } from './told-person.ts'

export interface LinkResult {
  publicToken: string
  metadata: LinkSuccessMetadata
}

/** Ends a session with an item. Asked again, because the answer was lost, it gives the same answer. */
export async function finishSession(
  ctx: BankContext,
  key: SessionKey,
  accountKeys: readonly string[],
): Promise<LinkResult> {
  const token = await openLinkToken(ctx, key.linkToken)
  const result = await ctx.db.transaction().execute(async (tx) => {
    const session = await lockSession(tx, token, key.sessionId)
    if (session === undefined || session.outcome?.kind === 'exited') {
      throw new BankRefused('link_session_unknown')
    }
    if (session.outcome?.kind === 'linked') {
      return { publicToken: publicTokenOf(ctx, session), metadata: session.outcome.metadata }
    }
    const { institution, item, accounts } = await linkedItem(ctx, tx, token, session, accountKeys)
    const now = ctx.clock.now()
    const publicToken = await issuePublicToken(tx, item, now, publicTokenUuid(ctx, session))
    const metadata = presentSuccess(session, institution, accounts)
    await endSession(tx, session, { kind: 'linked', metadata }, now)
    await tellItemAdded(ctx, tx, token, session, key.linkToken)
    return { publicToken, metadata }
  })
  ctx.agenda.wake()
  return result
}

async function linkedItem(
  ctx: BankContext,
  tx: Tx,
  token: LinkToken,
  session: LinkSession,
  accountKeys: readonly string[],
): Promise<{ institution: Institution; item: Item; accounts: Account[] }> {
  const byNumbers = await finishByNumbers(ctx, tx, token, session)
  if (byNumbers !== undefined) return byNumbers
  const { institution, login, accounts: offered } = await acceptedLogin(ctx, tx, session)
  // At a bank with a page of its own the person chose there; Link cannot add to it.
  const keys = institution.oauth ? await sharedKeys(tx, token.clientId, session.id) : accountKeys
  const offer = await offerAccounts(ctx, tx, token, offered)
  if (token.updateItemId !== null) {
    const chosen = offer.selection === 'none' ? undefined : pickAccounts(offer, keys)
    return { institution, ...(await updateItem(ctx, tx, token, token.updateItemId, chosen)) }
  }
  const { request, clientId } = token
  const typed = typedFor(ctx, token, session, institution, keys)
  const accounts = pickAccounts(offer, keys).map((account) =>
    typed === undefined ? account : withTyped(account, typed),
  )
  const extra = request.wantedProducts.filter((product) =>
    institution.products.some((sold) => sold === product),
  )
  const products = [...request.products, ...extra]
  const { webhook } = request
  const created = await createItem(ctx, tx, {
    clientId,
    institution,
    username: login.username,
    products,
    consentedProducts: consentOf(request, products),
    webhook,
    accounts,
    authMethod: typed?.method,
    ...originBehind(ctx, token),
  })
  if (typed !== undefined) await followTyped(ctx, tx, created, typed)
  return { institution, ...created }
}

/** What the person has agreed to: what was asked for, and what the client named beside it, if it did. */
function consentOf(
  { consentedProducts }: LinkRequest,
  products: readonly string[],
): readonly string[] | null {
  if (consentedProducts == null) return null
  return [...new Set([...products, ...consentedProducts])].filter((product) => product !== 'balance')
}

/** The login works again; with `chosen` the item has these accounts from now on, otherwise those it had. */
async function updateItem(
  ctx: BankContext,
  tx: Tx,
  { clientId, request }: LinkToken,
  itemId: string,
  chosen: readonly BankAccount[] | undefined,
): Promise<{ item: Item; accounts: Account[] }> {
  const locked = await lockItem(tx, clientId, itemId)
  if (locked === undefined || locked.removed) throw new BankRefused('item_removed')
  const { item } = locked
  await setLoginRequired(tx, item, null)
  const more = [...request.products, ...request.wantedProducts, ...(request.consentedProducts ?? [])]
  if (item.consentedProducts !== null && more.length > 0) {
    await setConsented(tx, item, [...new Set([...item.consentedProducts, ...more])])
  }
  if (chosen === undefined) return { item, accounts: await listAccounts(ctx, tx, item) }
  if (item.products.includes('auth') && !chosen.some(isPayable)) throw new BankRefused('no_auth_accounts')
  const changed = await changeAccounts(ctx, tx, item, chosen)
  await followAccounts(ctx, tx, item, changed)
  return { item, accounts: changed.accounts }
}

function presentSuccess(
  session: LinkSession,
  institution: Institution,
  accounts: readonly Account[],
): LinkSuccessMetadata {
  const linked = accounts.map(({ id, name, mask, type, subtype, verificationStatus }) => ({
    id,
    name,
    mask,
    type,
    subtype,
    verification_status: verificationStatus,
    class_type: null,
  }))
  const first = linked[0]
  assert(first !== undefined, 'an item has an account')
  return {
    institution: { name: institution.name, institution_id: institution.id },
    accounts: linked,
    link_session_id: session.id,
    transfer_status: null,
    account: first,
    account_id: first.id,
  }
}
