import {
  CreateKeyBody,
  IssuedKeyBody,
  KeyBody,
  KeyPath,
  keyAreas,
  PublicKeyBody,
  RotateKeyBody,
} from '@paddock/broker-wire'
import { readInstant } from '@paddock/kernel'
import { z } from 'zod'
import { type ApiKey, KeyRejected } from '../keys/api-key.ts'
import { findKey, listKeys } from '../keys/api-key-store.ts'
import { type IssuedKey, issueKey, revokeKey, rotateKey, setPublicKey } from '../keys/issue-key.ts'
import type { Scopes } from '../keys/scopes.ts'
import { partnerOf } from './auth.ts'
import type { BrokerRoutes } from './routes.ts'

const DEFAULT_OVERLAP_HOURS = 24
const tags = ['Operations']

/** Keys beside the configured one; ours, not the vendor's (contracts/alpaca/transport.md §2). */
export const apiKeyRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.post(
    '/_ops/keys',
    { schema: { summary: 'Issue an API key', tags, body: CreateKeyBody, response: { 200: IssuedKeyBody } } },
    async (request, reply) => {
      const { name, scopes, expires_at } = request.body
      const issued = await issueKey(ctx, partnerOf(request), {
        name,
        scopes: readScopes(scopes),
        expiresAt: readExpiry(expires_at),
      })
      return reply.header('Cache-Control', 'no-store').send(presentIssued(issued))
    },
  )

  app.get(
    '/_ops/keys',
    { schema: { summary: 'List API keys', tags, response: { 200: z.array(KeyBody) } } },
    async () => (await listKeys(ctx.db)).map(presentKey),
  )

  app.get(
    '/_ops/keys/:key_id',
    { schema: { summary: 'Get an API key', tags, params: KeyPath, response: { 200: KeyBody } } },
    async ({ params }) => {
      const key = await findKey(ctx.db, params.key_id)
      if (key === undefined) throw new KeyRejected('key_not_found')
      return presentKey(key)
    },
  )

  app.post(
    '/_ops/keys/:key_id/rotate',
    {
      schema: {
        summary: 'Rotate an API key',
        tags,
        params: KeyPath,
        body: RotateKeyBody.optional(),
        response: { 200: IssuedKeyBody },
      },
    },
    async (request, reply) => {
      const { overlap_hours, expires_at } = request.body ?? {}
      const issued = await rotateKey(ctx, partnerOf(request), request.params.key_id, {
        overlapHours: overlap_hours ?? DEFAULT_OVERLAP_HOURS,
        expiresAt: readExpiry(expires_at),
      })
      return reply.header('Cache-Control', 'no-store').send(presentIssued(issued))
    },
  )

  app.put(
    '/_ops/keys/:key_id/public_key',
    {
      schema: {
        summary: 'Set the public key of an API key',
        tags,
        params: KeyPath,
        body: PublicKeyBody,
        response: { 200: KeyBody },
      },
    },
    async (request) => {
      const { params, body } = request
      return presentKey(
        await setPublicKey(ctx, partnerOf(request), params.key_id, body.public_key ?? undefined),
      )
    },
  )

  app.delete(
    '/_ops/keys/:key_id',
    { schema: { summary: 'Revoke an API key', tags, params: KeyPath } },
    async ({ params }, reply) => {
      await revokeKey(ctx, params.key_id)
      return reply.code(204).send()
    },
  )
}

const readExpiry = (text: string | null | undefined) => (text == null ? undefined : readInstant(text))

/** `none` is the same as not being named. */
function readScopes(scopes: CreateKeyBody['scopes']): Scopes {
  return Object.fromEntries(Object.entries(scopes).filter(([, access]) => access !== 'none')) as Scopes
}

function presentKey(key: ApiKey): KeyBody {
  const textOf = (at: Temporal.Instant | undefined) => at?.toString() ?? null
  return {
    id: key.id,
    name: key.name,
    secret_prefix: key.secretPrefix,
    scopes: presentScopes(key.scopes),
    public_key: key.publicKey ?? null,
    status: key.status,
    created_by: key.createdBy,
    created_at: key.createdAt.toString(),
    expires_at: textOf(key.expiresAt),
    revoked_at: textOf(key.revokedAt),
    replaced_by: key.replacedBy ?? null,
    last_used_at: textOf(key.lastUsedAt),
  }
}

const presentIssued = ({ key, secret }: IssuedKey): IssuedKeyBody => ({ ...presentKey(key), secret })

/** Every area is named, the closed ones too: nobody should have to know the list to read an answer. */
function presentScopes(scopes: Scopes): KeyBody['scopes'] {
  return Object.fromEntries(keyAreas.map((area) => [area, scopes[area] ?? 'none'])) as KeyBody['scopes']
}
