import type { BrokerContext } from '../context.ts'
import { findLivingKey, type LivingKey, noteUse } from './api-key-store.ts'
import { findLivingToken } from './bearer-token.ts'
import type { Caller, Partner } from './caller.ts'
import { type SignedAssertion, takeAssertion } from './client-assertion.ts'
import { digestOf, isSecretOf, KEY_ID } from './secret.ts'

export type KeyPair = { readonly key: string; readonly secret: string }

type Context = Pick<BrokerContext, 'db' | 'config'>

const TOKEN = /^pd[to]_[\w-]{43}$/

/** Whose key this is: the configured one, which may do everything, or one from the database that works now. */
export async function findPartner(ctx: Context, pair: KeyPair): Promise<Partner | undefined> {
  const root = rootDigestsOf(ctx.config.keys)
  const isRootKey = isSecretOf(pair.key, root.key)
  const isRootSecret = isSecretOf(pair.secret, root.secret)
  if (isRootKey) return isRootSecret ? rootOf(ctx) : undefined
  // Nothing that could not be a key of ours is looked up.
  if (!KEY_ID.test(pair.key)) return undefined
  const key = await findLivingKey(ctx.db, pair.key)
  if (key === undefined || !isSecretOf(pair.secret, key.secretHash)) return undefined
  return usePartner(ctx, key)
}

const rootDigests = new WeakMap<KeyPair, KeyPair>()

/** The configured pair in the form in which it is compared; made once, for it is wanted with every request. */
function rootDigestsOf(keys: KeyPair): KeyPair {
  const digests = rootDigests.get(keys) ?? { key: digestOf(keys.key), secret: digestOf(keys.secret) }
  rootDigests.set(keys, digests)
  return digests
}

/** Whose key signed this. The configured one has no public key, so it never did. */
export async function findSigner(ctx: Context, signed: SignedAssertion): Promise<Partner> {
  return usePartner(ctx, await takeAssertion(ctx.db, signed))
}

/** Whose token this is. That of a key dies with its key. */
export async function findTokenOwner(ctx: Context, token: string): Promise<Caller | undefined> {
  if (!TOKEN.test(token)) return undefined
  const found = await findLivingToken(ctx.db, token)
  if (found === undefined) return undefined
  if (found.kind === 'app') {
    const { id: tokenId, clientId, accountId, scopes } = found
    return { kind: 'end_user_app', tokenId, clientId, accountId, scopes }
  }
  if (found.keyId === rootTokenName(ctx)) return rootOf(ctx)
  const key = await findLivingKey(ctx.db, found.keyId)
  return key && usePartner(ctx, key)
}

async function usePartner({ db }: Context, { id, scopes, isUseUnnoted }: LivingKey): Promise<Partner> {
  if (isUseUnnoted) await noteUse(db, id)
  return { kind: 'partner', keyId: id, scopes }
}

/** By what name a token remembers its key. The configured pair's changes with the pair, so its tokens die with it. */
export function tokenNameOf(ctx: Context, partner: Partner): string {
  return partner.scopes === 'all' ? rootTokenName(ctx) : partner.keyId
}

const rootOf = ({ config }: Context): Partner => ({ kind: 'partner', keyId: config.keys.key, scopes: 'all' })

const rootTokenName = ({ config }: Context) =>
  `root:${digestOf(`${config.keys.key}:${config.keys.secret}`).slice(0, 32)}`
