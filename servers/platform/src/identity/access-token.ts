import { assert, newId } from '@paddock/kernel'
import { type CryptoKey, calculateJwkThumbprint, importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import type { SessionId, User, UserId } from './user.ts'

const ISSUER = 'paddock-platform'
const AUDIENCE = 'paddock-api'
/** RFC 9068: a JWT of another purpose is never taken for an access token. */
const TYPE = 'at+jwt'
const ALGORITHM = 'ES256'
const LIFETIME = { minutes: 15 }
/** Ours have about 500 characters. */
const LONGEST_TOKEN = 2_048

export interface AccessTokens {
  issue(user: User, sessionId: SessionId, now: Temporal.Instant): Promise<string>
  /** Whose session the token speaks for; nothing when it is not one of ours that is valid now. */
  read(token: string, now: Temporal.Instant): Promise<{ userId: UserId; sessionId: SessionId } | undefined>
  /** `/.well-known/jwks.json`. */
  readonly publicKeys: { keys: JWK[] }
}

export async function createAccessTokens(signingKey: JWK): Promise<AccessTokens> {
  assert(
    signingKey.kty === 'EC' && signingKey.crv === 'P-256' && signingKey.d !== undefined,
    'ES256 needs P-256',
  )
  const { d: _private, ...rest } = signingKey
  const kid = await calculateJwkThumbprint(rest)
  const publicJwk: JWK = {
    kty: 'EC',
    crv: 'P-256',
    x: rest.x ?? '',
    y: rest.y ?? '',
    kid,
    alg: ALGORITHM,
    use: 'sig',
  }
  const privateKey = (await importJWK(signingKey, ALGORITHM)) as CryptoKey
  const publicKey = (await importJWK(publicJwk, ALGORITHM)) as CryptoKey

  return {
    publicKeys: { keys: [publicJwk] },

    issue(user, sessionId, now) {
      return new SignJWT({ sid: sessionId, token_use: 'access' })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(user.id)
        .setJti(newId())
        .setIssuedAt(toSeconds(now))
        .setExpirationTime(toSeconds(now.add(LIFETIME)))
        .sign(privateKey)
    },

    async read(token, now) {
      if (token.length > LONGEST_TOKEN) return undefined
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          typ: TYPE,
          requiredClaims: ['sub', 'sid', 'jti', 'iat', 'exp', 'token_use'],
          maxTokenAge: LIFETIME.minutes * 60,
          currentDate: new Date(now.epochMilliseconds),
        })
        const { sub, sid, token_use: use } = payload
        if (use !== 'access' || !isUuid(sid) || !isUuid(sub)) return undefined
        return { userId: sub as UserId, sessionId: sid as SessionId }
      } catch {
        return undefined
      }
    },
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}

function toSeconds(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 1_000)
}
