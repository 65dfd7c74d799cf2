import { createPublicKey, type KeyObject } from 'node:crypto'

const PEM = /^-----BEGIN PUBLIC KEY-----\s[\w+/=\s]+-----END PUBLIC KEY-----\s*$/

const LEAST_RSA_BITS = 2048

/** A key by which signatures can be checked, from its PEM; nothing when it is none, or too weak to trust. */
export function readPublicKey(pem: string): KeyObject | undefined {
  // `createPublicKey` would also take a private key, which must not be sent to anybody.
  if (!PEM.test(pem)) return undefined
  try {
    const key = createPublicKey(pem)
    return algorithmsOf(key).length > 0 ? key : undefined
  } catch {
    return undefined
  }
}

/** By the key alone, never by what the signed text says of itself. */
export function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string[] {
  const { modulusLength = 0, namedCurve } = asymmetricKeyDetails ?? {}
  if (asymmetricKeyType === 'rsa') return modulusLength >= LEAST_RSA_BITS ? ['RS256', 'PS256'] : []
  if (asymmetricKeyType === 'ed25519') return ['EdDSA', 'Ed25519']
  if (asymmetricKeyType !== 'ec') return []
  return namedCurve === 'prime256v1' ? ['ES256'] : namedCurve === 'secp384r1' ? ['ES384'] : []
}
