import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { StartRefused } from './start-refused.ts'

const Secrets = z.object({
  /** Owner of the embedded cluster. */
  database_password: z.string().min(16),
  /** The three servers' own roles. */
  role_password: z.string().min(16),
  bank_key: z.string(),
  broker_key: z.string(),
  platform_key: z.string(),
  /** Seals ACH files. A folder of before there were any gets one at its next start. */
  ach_file_key: z.string().default(''),
  /** Private JWK (ES256) that signs access tokens. */
  signing_key: z.record(z.string(), z.string()),
})
export type Secrets = z.infer<typeof Secrets>

const FILE = 'secrets.json'

/** Reads the generated secrets of a data folder; nothing when it has none yet. */
export async function findSecrets(dataDir: string): Promise<Secrets | undefined> {
  const file = path.join(dataDir, FILE)
  const text = await readFile(file, 'utf8').catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return undefined
    throw new StartRefused('secrets_unreadable', { message: `${file} cannot be read: ${String(error)}` })
  })
  if (text === undefined) return undefined
  try {
    return Secrets.parse(JSON.parse(text))
  } catch {
    throw new StartRefused('secrets_unreadable', {
      message: `${file} is damaged. Without it nothing in the database can be decrypted.\nRestore a copy of the file, or run "npm start -- --fresh" to begin anew.`,
    })
  }
}

/** The secrets of a data folder: made at its first start, and whatever this version needs beside. */
export async function openSecrets(dataDir: string): Promise<Secrets> {
  const found = await findSecrets(dataDir)
  if (found === undefined) return makeSecrets(dataDir)
  return found.ach_file_key === '' ? writeSecrets(dataDir, { ...found, ach_file_key: newKey() }) : found
}

const newKey = () => randomBytes(32).toString('base64')

/** Makes the secrets of a new data folder, readable by nobody else; they never leave this file. */
async function makeSecrets(dataDir: string): Promise<Secrets> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return writeSecrets(dataDir, {
    database_password: randomBytes(24).toString('base64url'),
    role_password: randomBytes(24).toString('base64url'),
    bank_key: newKey(),
    broker_key: newKey(),
    platform_key: newKey(),
    ach_file_key: newKey(),
    signing_key: privateKey.export({ format: 'jwk' }) as Record<string, string>,
  })
}

async function writeSecrets(dataDir: string, secrets: Secrets): Promise<Secrets> {
  const half = path.join(dataDir, `.${FILE}.${process.pid}`)
  await writeFile(half, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  await chmod(half, 0o600)
  await rename(half, path.join(dataDir, FILE))
  return secrets
}
