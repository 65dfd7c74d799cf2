import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { KeyRejected } from './api-key.ts'
import { findLivingKey, type LivingKey, realNow } from './api-key-store.ts'
import { algorithmsOf, readPublicKey } from './public-key.ts'
import { digestOf, KEY_ID } from './secret.ts'

/** How far ahead an assertion may end. Each is used at once, so nobody needs one that lives longer. */
const LONGEST_SECONDS = 300

const MOST_JTI_LETTERS = 255

export type SignedAssertion = {
  readonly assertion: string
  /** Who else the form says is calling, if it says so. */
  readonly clientId: string | undefined
  /** What this server may be called in `aud`. */
  readonly audiences: readonly string[]
}

/** The key whose holder signed this (RFC 7523, section 3); each assertion is taken once. */
export async function takeAssertion(db: Db, signed: SignedAssertion): Promise<LivingKey> {
  const claimed = subjectOf(signed.assertion)
  if (claimed === undefined || (signed.clientId ?? claimed) !== claimed) throw refused()
  const key = await findLivingKey(db, claimed)
  const publicKey = key?.publicKey === undefined ? undefined : readPublicKey(key.publicKey)
  if (key === undefined || publicKey === undefined) throw refused()
  const now = await realNow(db)
  const { payload } = await jwtVerify(signed.assertion, publicKey, {
    algorithms: algorithmsOf(publicKey),
    issuer: key.id,
    subject: key.id,
    audience: [...signed.audiences],
    requiredClaims: ['exp', 'jti'],
    currentDate: new Date(now.epochMilliseconds),
  }).catch((error: unknown) => {
    throw toRejection(error)
  })
  await useOnce(db, key.id, payload, now)
  return key
}

/** Only says whose public key to look for: nothing is believed before the signature is checked. */
function subjectOf(assertion: string): string | undefined {
  try {
    const { sub } = decodeJwt(assertion)
    return sub !== undefined && KEY_ID.test(sub) ? sub : undefined
  } catch {
    return undefined
  }
}

/** `exp` and `jti` are there: they were required. */
async function useOnce(
  db: Db,
  keyId: string,
  { exp = 0, jti }: JWTPayload,
  now: Temporal.Instant,
): Promise<void> {
  const endsInSeconds = exp - now.epochMilliseconds / 1000
  if (endsInSeconds > LONGEST_SECONDS) throw refused('exp')
  if (typeof jti !== 'string' || jti === '' || jti.length > MOST_JTI_LETTERS) throw refused('jti')
  await db.deleteFrom('client_assertions').where('expires_at', '<', sql<Temporal.Instant>`now()`).execute()
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('client_assertions')
    .values({
      key_id: keyId,
      jti_hash: digestOf(jti),
      // Twice as long, so that none comes back while two processes disagree about the second.
      expires_at: sql`now() + ${2 * LONGEST_SECONDS} * interval '1 second'`,
    })
    .onConflict((conflict) => conflict.columns(['key_id', 'jti_hash']).doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) throw refused('jti')
}

/** Which claim is wrong is told to whoever has signed it; of the rest nobody learns what it was. */
function toRejection(error: unknown): unknown {
  if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
    return refused(error.claim)
  }
  return error instanceof errors.JOSEError ? refused() : error
}

const refused = (claim?: string) =>
  new KeyRejected('client_assertion_invalid', claim === undefined ? {} : { claim })
