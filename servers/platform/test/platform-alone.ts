import { randomBytes } from 'node:crypto'
import { freshDatabase } from '@paddock/pg-test'
import { exportJWK, generateKeyPair } from 'jose'
import { type PlatformConfig, platformMigrations, startPlatform } from '../src/index.ts'

export async function newSigningKey() {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return exportJWK(privateKey)
}

/** A platform whose broker and bank do not answer: all that identity needs. */
export async function platformAlone(overrides: Partial<PlatformConfig> = {}) {
  const database = await freshDatabase({ schema: 'platform', sources: platformMigrations })
  const config: PlatformConfig = {
    host: '127.0.0.1',
    port: 0,
    databaseUrl: database.url,
    cipherKey: randomBytes(32),
    signingKey: await newSigningKey(),
    broker: {
      mode: 'embedded',
      baseUrl: 'http://127.0.0.1:9',
      dataUrl: 'http://127.0.0.1:9',
      key: 'k',
      secret: 's',
    },
    bank: {
      mode: 'embedded',
      baseUrl: 'http://127.0.0.1:9',
      linkScriptUrl: 'http://127.0.0.1:9/link.js',
      clientId: 'c',
      secret: 's',
    },
    sandbox: true,
    demo: true,
    webOrigins: ['http://web.test'],
    logLevel: 'silent',
    ...overrides,
  }
  const server = await startPlatform(config)
  return {
    server,
    /** A second platform on the same data. */
    async another(changes: Partial<PlatformConfig>) {
      const second = await startPlatform({ ...config, ...changes })
      return {
        call: (method: string, path: string, options?: CallOptions) =>
          call(second.url, method, path, options),
        [Symbol.asyncDispose]: () => second.close(),
      }
    },
    database,
    url: server.url,
    call: (method: string, path: string, options?: CallOptions) => call(server.url, method, path, options),
    async [Symbol.asyncDispose]() {
      await server.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

export interface CallOptions {
  body?: unknown
  token?: string
  headers?: Record<string, string>
}

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was answered
  body: any
  headers: Headers
  cookie: string | undefined
}

export async function call(
  baseUrl: string,
  method: string,
  path: string,
  { body, token, headers = {} }: CallOptions = {},
): Promise<Answer> {
  const init: RequestInit = { method, headers: { ...headers } }
  const sent = init.headers as Record<string, string>
  if (token !== undefined) sent.authorization = `Bearer ${token}`
  if (body !== undefined) {
    sent['content-type'] ??= 'application/json'
    init.body = typeof body === 'string' ? body : JSON.stringify(body)
  }
  const response = await fetch(`${baseUrl}${path}`, init)
  const text = await response.text()
  return {
    status: response.status,
    body: text === '' ? undefined : parse(text),
    headers: response.headers,
    cookie: response.headers.get('set-cookie')?.split(';')[0],
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
