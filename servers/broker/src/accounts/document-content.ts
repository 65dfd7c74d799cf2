import { fileTypeFromBuffer } from 'file-type'
import type { DocumentContent } from './account.ts'

const readable = ['application/pdf', 'image/png', 'image/jpeg']

/** Reads base64 and says what its bytes are, whatever the sender calls them. */
export async function readContent(base64: string): Promise<DocumentContent> {
  const bytes = Buffer.from(base64, 'base64')
  return { bytes, mimeType: await typeOf(bytes) }
}

/** A file's type by its first bytes; JSON has none, so it is JSON when it reads as an object. */
async function typeOf(bytes: Buffer): Promise<string | undefined> {
  const found = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime
  if (found !== undefined) return readable.includes(found) ? found : undefined
  return isJsonObject(bytes) ? 'application/json' : undefined
}

const MAX_JSON_BYTES = 100_000

function isJsonObject(bytes: Buffer): boolean {
  if (bytes.length > MAX_JSON_BYTES || bytes.at(0) !== 0x7b) return false
  try {
    return typeof JSON.parse(bytes.toString('utf8')) === 'object'
  } catch {
    return false
  }
}
