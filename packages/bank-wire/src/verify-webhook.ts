/** Why a webhook is not believed. */
export type WebhookProblem =
  | 'header_malformed'
  | 'algorithm_refused'
  | 'key_unknown'
  | 'key_expired'
  | 'signature_wrong'
  | 'claims_malformed'
  | 'too_old'
  | 'from_the_future'
  | 'body_changed'

/** A key as `/webhook_verification_key/get` answers it. */
export interface VerificationKey {
  alg: string
  crv: string
  kty: string
  use: string
  x: string
  y: string
  expired_at: number | null
}

export interface VerifierOptions {
  /** Asks the bank for a key; nothing where it knows none of that id. */
  findKey: (kid: string) => Promise<VerificationKey | undefined>
  /** Real time, whatever the clock of the simulated world says. */
  nowSeconds: () => number
}

/** From the vendor's steps (contracts/plaid/webhooks.md §3). */
const OLDEST_SECONDS = 300
/** Two machines' clocks differ a little. */
const AHEAD_SECONDS = 5
/** A key that ends while it is kept must be noticed to have ended. */
const KEPT_SECONDS = 300
const MOST_KEPT = 20
const FORM = /^(?<head>[\w-]{1,1000})\.(?<claims>[\w-]{1,1000})\.(?<signature>[\w-]{86})$/
const KEY_ID = /^[\w-]{1,64}$/
const HASH = /^[0-9a-f]{64}$/

/**
 * Decides whether a webhook is the bank's own: answers why not, or nothing. `header` is what came as
 * `Plaid-Verification`, `body` the bytes as they came: a text made anew from the parsed body is another one.
 */
export function webhookVerifier(
  options: VerifierOptions,
): (header: unknown, body: Uint8Array) => Promise<WebhookProblem | undefined> {
  const findKey = keeping(options)
  return async (header, body) => {
    const parts = typeof header === 'string' ? FORM.exec(header)?.groups : undefined
    if (parts === undefined) return 'header_malformed'
    const { head = '', claims = '', signature = '' } = parts
    const kid = readKeyId(readJson(head))
    if (kid === undefined) return 'algorithm_refused'
    const key = await findKey(kid)
    if (key === undefined) return 'key_unknown'
    const now = options.nowSeconds()
    if (key.expired_at !== null && key.expired_at <= now) return 'key_expired'
    if (!(await isSigned(key, `${head}.${claims}`, signature))) return 'signature_wrong'
    return problemOf(readJson(claims), body, now)
  }
}

/** Only this algorithm, and nothing that tells the reader where else to look for a key. */
function readKeyId(head: Record<string, unknown> | undefined): string | undefined {
  if (head === undefined || Object.keys(head).sort().join() !== 'alg,kid,typ') return undefined
  const { alg, kid, typ } = head
  return alg === 'ES256' && typ === 'JWT' && typeof kid === 'string' && KEY_ID.test(kid) ? kid : undefined
}

async function isSigned(key: VerificationKey, text: string, signature: string): Promise<boolean> {
  const { kty, crv, x, y } = key
  if (kty !== 'EC' || crv !== 'P-256' || key.alg !== 'ES256' || key.use !== 'sig') return false
  const bytes = readBytes(signature)
  if (bytes === undefined) return false
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const publicKey = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, curve, false, ['verify'])
  const how = { name: 'ECDSA', hash: 'SHA-256' }
  return crypto.subtle.verify(how, publicKey, bytes, new TextEncoder().encode(text))
}

async function problemOf(
  claims: Record<string, unknown> | undefined,
  body: Uint8Array,
  now: number,
): Promise<WebhookProblem | undefined> {
  const { iat, request_body_sha256: hash } = claims ?? {}
  if (typeof iat !== 'number' || !Number.isInteger(iat)) return 'claims_malformed'
  if (typeof hash !== 'string' || !HASH.test(hash)) return 'claims_malformed'
  if (now - iat > OLDEST_SECONDS) return 'too_old'
  if (iat - now > AHEAD_SECONDS) return 'from_the_future'
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(body)))
  const own = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  let difference = 0
  for (let at = 0; at < own.length; at += 1) difference |= own.charCodeAt(at) ^ hash.charCodeAt(at)
  return difference === 0 ? undefined : 'body_changed'
}

/** Keys are kept for a while, and a burst of webhooks asks for one of them once. */
function keeping({ findKey, nowSeconds }: VerifierOptions): VerifierOptions['findKey'] {
  const kept = new Map<string, { since: number; key: Promise<VerificationKey | undefined> }>()
  return async (kid) => {
    const now = nowSeconds()
    const found = kept.get(kid)
    if (found !== undefined && now - found.since < KEPT_SECONDS) return found.key
    const key = findKey(kid)
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(kid, { since: now, key })
    const forget = () => kept.get(kid)?.key === key && kept.delete(kid)
    try {
      if ((await key) === undefined) forget()
    } catch (error) {
      forget()
      throw error
    }
    return key
  }
}

function readJson(part: string): Record<string, unknown> | undefined {
  const bytes = readBytes(part)
  if (bytes === undefined) return undefined
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** Of base64url only the one spelling that an encoder writes. */
function readBytes(part: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const text = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
    const again = btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
    return again === part ? Uint8Array.from(text, (letter) => letter.charCodeAt(0)) : undefined
  } catch {
    return undefined
  }
}
