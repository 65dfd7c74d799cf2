import { createHash, type KeyObject, sign } from 'node:crypto'

/** The JWT for `Plaid-Verification`: ES256 over the hash of exactly these bytes (contracts/plaid/webhooks.md §3). */
export function signBody(
  body: string,
  { kid, privateKey }: { kid: string; privateKey: KeyObject },
  at: Temporal.Instant,
): string {
  const claims = {
    iat: Math.floor(at.epochMilliseconds / 1000),
    request_body_sha256: createHash('sha256').update(body, 'utf8').digest('hex'),
  }
  const signed = [{ alg: 'ES256', kid, typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}
