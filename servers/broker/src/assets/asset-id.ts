import { createHash } from 'node:crypto'
import type { Brand } from '@paddock/kernel'

export type AssetId = Brand<string, 'AssetId'>

/** Our own name space for RFC 9562 version 5 ids: any fixed uuid would do. */
const NAMESPACE = Buffer.from('9d1c7a5e2f5b4c0b8e6a3f0d7c4b1a29', 'hex')

/** The id of an asset is a function of its symbol, so that it is the same in every database. */
export const assetIdOf = (symbol: string) => nameBasedId(symbol) as AssetId

/** The same id for the same name, always and everywhere. */
export function nameBasedId(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name, 'utf8').digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return parts.join('-')
}
