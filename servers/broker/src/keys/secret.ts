import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const KEY_ID_LETTERS = 18
const SECRET_BYTES = 32

/** What is shown of a secret afterwards: enough to recognise it, far from enough to guess it. */
const SHOWN_LETTERS = 8

export const KEY_ID = /^PK[A-Z2-7]{18}$/

/** The public half of a key pair. */
export function newKeyId(): string {
  const letters = [...randomBytes(KEY_ID_LETTERS)].map((byte) => BASE32[byte % BASE32.length])
  return `PK${letters.join('')}`
}

/** 256 random bits behind a word by which a scanner recognises what has leaked. */
export function newSecret(word: 'pdk_' | 'pdt_' | 'pdo_' | 'pdc_'): string {
  return `${word}${randomBytes(SECRET_BYTES).toString('base64url')}`
}

export const prefixOf = (secret: string) => secret.slice(0, SHOWN_LETTERS)

export const digestOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

/** Compares digests, so that neither the length nor the first wrong character shows in the time. */
export function isSecretOf(secret: string, digest: string): boolean {
  const [given, expected] = [Buffer.from(digestOf(secret)), Buffer.from(digest)]
  return given.length === expected.length && timingSafeEqual(given, expected)
}
