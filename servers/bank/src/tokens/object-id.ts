import { randomBytes } from 'node:crypto'

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The vendor's ids: case-sensitive letters and digits, 37 for objects and 15 for requests. */
export function randomId(length: number): string {
  let id = ''
  while (id.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // 248 is four times 62: larger bytes would make some letters likelier than others.
      if (byte < 248 && id.length < length) id += LETTERS[byte % 62]
    }
  }
  return id
}

export const newObjectId = () => randomId(37)
export const newRequestId = () => randomId(15)

/** The id that always comes of these 32 bytes. */
export function objectIdOf(digest: Buffer): string {
  let left = BigInt(`0x${digest.toString('hex')}`)
  let id = ''
  for (; id.length < 37; left /= 62n) id += LETTERS[Number(left % 62n)]
  return id
}
