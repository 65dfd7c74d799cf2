import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { assert } from '@paddock/kernel'
import { DropRefused } from './rejection.ts'

/**
 * A sealed file: `PADDOCK1`, eight bytes that name the key, twelve of the nonce, sixteen of the tag,
 * then AES-256-GCM of the content. The header and what the file is called are bound into the tag: a file
 * that was changed, renamed or moved to another place does not open.
 */
const MAGIC = Buffer.from('PADDOCK1', 'ascii')
const KEY_ID_BYTES = 8
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = MAGIC.length + KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES

/** The keys of the settings: the first seals, each of them opens what it once sealed. */
export class SealedFile {
  readonly #keys: readonly { readonly id: Buffer; readonly key: Buffer }[]

  constructor(keys: readonly Buffer[]) {
    assert(keys.length > 0, 'at least one key is needed to seal files')
    this.#keys = keys.map((key) => ({ id: keyIdBytes(key), key: derive(key) }))
  }

  seal(content: Uint8Array, name: string): Buffer {
    const [current] = this.#keys
    assert(current !== undefined)
    const head = Buffer.concat([MAGIC, current.id])
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', current.key, nonce, { authTagLength: TAG_BYTES })
    cipher.setAAD(Buffer.concat([head, Buffer.from(name, 'utf8')]))
    const body = Buffer.concat([cipher.update(content), cipher.final()])
    return Buffer.concat([head, nonce, cipher.getAuthTag(), body])
  }

  /** Throws `not_sealed`, `key_unknown` or `file_changed`. */
  open(sealed: Uint8Array, name: string): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
    if (bytes.length < HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
      throw new DropRefused('not_sealed', { name })
    }
    const head = bytes.subarray(0, MAGIC.length + KEY_ID_BYTES)
    const id = head.subarray(MAGIC.length)
    const known = this.#keys.find((one) => one.id.equals(id))
    if (known === undefined) throw new DropRefused('key_unknown', { name, key_id: id.toString('hex') })
    const nonce = bytes.subarray(head.length, head.length + NONCE_BYTES)
    const tag = bytes.subarray(head.length + NONCE_BYTES, HEADER_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', known.key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.concat([head, Buffer.from(name, 'utf8')]))
    decipher.setAuthTag(tag)
    try {
      return Buffer.concat([decipher.update(bytes.subarray(HEADER_BYTES)), decipher.final()])
    } catch {
      throw new DropRefused('file_changed', { name })
    }
  }
}

/** What the header of a sealed file calls this key; says nothing about the key. */
export const keyIdOf = (key: Buffer): string => keyIdBytes(key).toString('hex')

const keyIdBytes = (key: Buffer): Buffer =>
  createHash('sha256').update(derive(key)).digest().subarray(0, KEY_ID_BYTES)

function derive(key: Buffer): Buffer {
  assert(key.length === 32, 'the key of ACH files must have 32 bytes')
  return Buffer.from(hkdfSync('sha256', key, '', 'paddock ach files', 32))
}
