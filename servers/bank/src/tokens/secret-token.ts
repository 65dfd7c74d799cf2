import { createHash, randomUUID } from 'node:crypto'

export type TokenKind = 'link' | 'public' | 'access' | 'processor'

/** A new secret in the vendor's form, e.g. `access-sandbox-6ee23553-…`: 122 random bits. */
export function newToken(kind: TokenKind): string {
  return tokenOf(kind, randomUUID())
}

export function tokenOf(kind: TokenKind, uuid: string): string {
  return `${kind}-sandbox-${uuid}`
}

/** What is stored instead of a token. Plain SHA-256 is enough, because a token is random and long. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex')
}
