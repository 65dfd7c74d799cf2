import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits as text: a cookie's value, a refresh token. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored instead of a secret. Without salt, because 256 random bits cannot be guessed. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
