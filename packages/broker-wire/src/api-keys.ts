import { z } from 'zod'
import { filledLine, Timestamp } from './primitives.ts'

/** What a key may be opened for; the vendor's words. */
export const keyAreas = [
  'accounts',
  'admin',
  'crypto',
  'data',
  'events',
  'funding',
  'journaling',
  'rebalancing',
  'reporting',
  'trading',
] as const

export type KeyArea = (typeof keyAreas)[number]

const Access = z.enum(['read', 'write', 'none'])

/** What is not named is closed. */
const ScopesInput = z.partialRecord(z.enum(keyAreas), Access)

const Expiry = Timestamp.regex(/^(?!0000)/, 'must be an RFC 3339 timestamp')

export const CreateKeyBody = z.object({
  name: filledLine(100),
  scopes: ScopesInput,
  expires_at: Expiry.nullish(),
})
export type CreateKeyBody = z.infer<typeof CreateKeyBody>

export const RotateKeyBody = z.object({
  /** How long the old key goes on working: a day unless said otherwise, at most 30 days. Real time. */
  overlap_hours: z.number().int().min(0).max(720).nullish(),
  expires_at: Expiry.nullish(),
})
export type RotateKeyBody = z.infer<typeof RotateKeyBody>

export const PublicKeyBody = z.object({
  /** PEM (`BEGIN PUBLIC KEY`); null forgets it. */
  public_key: z.string().max(4_000, 'must have at most 4000 characters').nullable(),
})

export const KeyPath = z.object({ key_id: z.string().regex(/^PK[A-Z2-7]{18}$/, 'must be a key id') })

export const KeyBody = z.object({
  id: z.string(),
  name: z.string(),
  secret_prefix: z.string(),
  scopes: z.record(z.enum(keyAreas), Access),
  public_key: z.string().nullable(),
  status: z.enum(['active', 'retiring', 'expired', 'revoked']),
  created_by: z.string(),
  created_at: z.string(),
  expires_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
  replaced_by: z.string().nullable(),
  last_used_at: z.string().nullable(),
})
export type KeyBody = z.infer<typeof KeyBody>

/** The secret is shown in this answer and never again. */
export const IssuedKeyBody = KeyBody.extend({ secret: z.string() })
export type IssuedKeyBody = z.infer<typeof IssuedKeyBody>

const textField = z.string().optional()

/** A form. Whoever calls shows a secret, here or as HTTP Basic, or signs an assertion (RFC 7523). */
export const BearerTokenForm = z.object({
  grant_type: z.literal('client_credentials', 'must be client_credentials'),
  client_id: textField,
  client_secret: textField,
  client_assertion_type: z
    .literal(
      'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      'must be urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    )
    .optional(),
  client_assertion: textField,
})
export type BearerTokenForm = z.infer<typeof BearerTokenForm>

export const BearerTokenBody = z.object({
  access_token: z.string(),
  expires_in: z.number().int(),
  token_type: z.literal('Bearer'),
})
export type BearerTokenBody = z.infer<typeof BearerTokenBody>
