import { crc32, deflateSync } from 'node:zlib'

const SIDE = 152
const RADIUS = 72
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const drawn = new Map<string, string>()

/** A disc in the bank's colour as a base64 PNG of 152 × 152, the form in which the wire carries logos. */
export function drawLogo(color: string): string {
  const known = drawn.get(color)
  if (known !== undefined) return known
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIDE, 0)
  header.writeUInt32BE(SIDE, 4)
  header.set([8, 6], 8) // 8 bits a channel, red green blue alpha
  const png = Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels(color))),
    chunk('IEND', Buffer.alloc(0)),
  ]).toString('base64')
  drawn.set(color, png)
  return png
}

function pixels(color: string): Buffer {
  const ink = Buffer.from(`${color.slice(1)}ff`, 'hex')
  const rows = Buffer.alloc(SIDE * (SIDE * 4 + 1))
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      if (Math.hypot(x - SIDE / 2, y - SIDE / 2) <= RADIUS) ink.copy(rows, y * (SIDE * 4 + 1) + 1 + x * 4)
    }
  }
  return rows
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
