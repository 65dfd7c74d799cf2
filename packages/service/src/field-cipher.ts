import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { assert } from '@paddock/kernel'

/** Which cell a ciphertext belongs to: bound into it, so that it cannot be moved to another row or column. */
export interface Cell {
  table: string
  column: string
  rowId: string
}

/**
 * AES-256-GCM for single fields (tokens, account numbers, tax ids). Stored as
 * `v1.<key id>.<iv>.<tag>.<ciphertext>` in base64url; a random 96-bit iv per value, a 128-bit tag.
 */
export class FieldCipher {
  readonly #key: Buffer
  readonly #indexKey: Buffer
  readonly #keyId: string

  constructor(key: Buffer) {
    assert(key.length === 32, 'the field key must have 32 bytes')
    this.#key = Buffer.from(hkdfSync('sha256', key, '', 'paddock field encryption', 32))
    this.#indexKey = Buffer.from(hkdfSync('sha256', key, '', 'paddock blind index', 32))
    this.#keyId = createHash('sha256').update(this.#key).digest('base64url').slice(0, 8)
  }

  encrypt(plain: string, cell: Cell): string {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv, { authTagLength: 16 })
    cipher.setAAD(additionalData(cell))
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
    return ['v1', this.#keyId, ...[iv, cipher.getAuthTag(), body].map(toText)].join('.')
  }

  /** Throws when the text was changed, moved to another cell, or made with another key. */
  decrypt(stored: string, cell: Cell): string {
    const [version, keyId, iv, tag, body] = stored.split('.')
    assert(version === 'v1' && keyId === this.#keyId, 'the value was encrypted with another key')
    assert(
      iv !== undefined && tag !== undefined && body !== undefined,
      'the stored value is not a ciphertext',
    )
    const decipher = createDecipheriv('aes-256-gcm', this.#key, fromText(iv), { authTagLength: 16 })
    decipher.setAAD(additionalData(cell))
    decipher.setAuthTag(fromText(tag))
    return Buffer.concat([decipher.update(fromText(body)), decipher.final()]).toString('utf8')
  }

  /** A keyed hash for finding an encrypted value by equality without storing it. */
  blindIndex(plain: string): string {
    return createHmac('sha256', this.#indexKey).update(plain, 'utf8').digest('base64url')
  }
}

const additionalData = ({ table, column, rowId }: Cell) => Buffer.from(`${table}|${column}|${rowId}`)
const toText = (bytes: Buffer) => bytes.toString('base64url')
const fromText = (text: string) => Buffer.from(text, 'base64url')
