import { createReadStream, existsSync } from 'node:fs'
import path from 'node:path'

/** Pieces of a file, or of what comes in for `-`. A path is seen from where the command was typed. */
export function openSource(name: string): AsyncIterable<Uint8Array> {
  if (name === '-') return process.stdin
  return createReadStream(pathOf(name), { highWaterMark: 1 << 16 })
}

/** npm runs its scripts in the root and tells where it was called. */
export function pathOf(name: string): string {
  const seen = path.resolve(process.env.INIT_CWD ?? '.', name)
  return existsSync(seen) ? seen : path.resolve(name)
}

export async function readAll(name: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of openSource(name)) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Why a file cannot be read, in words. */
export function whyUnreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    EACCES: 'it may not be read',
  }
  return words[code ?? ''] ?? (error instanceof Error ? error.message : String(error))
}
