import { createHash, randomUUID } from 'node:crypto'
import type { FieldCipher } from '@paddock/service'

export type TokenKind = 'link' | 'public' | 'access' | 'processor' | 'user'

/** A new secret in the vendor's form, e.g. `access-sandbox-6ee23553-…`: 122 random bits. */
export function newToken(kind: TokenKind): string {
  return tokenOf(kind, randomUUID())
}

export function tokenOf(kind: TokenKind, uuid: string): string {
  return `${kind}-sandbox-${uuid}`
}

/** The uuid that the server's key makes of a text: for a token that must be told again and is kept as a hash only. */
export function derivedUuid(cipher: FieldCipher, text: string): string {
  const bytes = Buffer.from(cipher.blindIndex(text), 'base64url')
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex', 0, 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** What is stored instead of a token. Plain SHA-256 is enough, because a token is random and long. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex')
}
