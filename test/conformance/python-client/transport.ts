import type { z } from 'zod'
import { type QueryValue, toPythonJson, toPythonQuery } from './python-text.ts'

/** What the official client raises for a status of 400 and more. */
export class APIError extends Error {
  override readonly name = 'APIError'
  readonly status: number
  readonly code: number

  constructor(status: number, text: string, where: string) {
    super(`${where} answered ${status}: ${text}`)
    this.status = status
    // The client reads both from the body; without them it breaks where somebody asks for them.
    const body = JSON.parse(text)
    if (!Number.isInteger(body.code) || typeof body.message !== 'string') {
      throw new Error(`${where}: an error without code and message: ${text}`)
    }
    this.code = body.code
  }
}

interface Sent {
  readonly query?: Readonly<Record<string, QueryValue>>
  readonly body?: unknown
}

/** Sends what `requests` sends for the official client, and refuses what that client could not read. */
export class PythonTransport {
  readonly #baseUrl: string
  readonly #authorization: string

  /** The base address comes without version and without a slash at its end. */
  constructor({ baseUrl, key, secret }: { baseUrl: string; key: string; secret: string }) {
    this.#baseUrl = baseUrl
    this.#authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
  }

  async get<Model extends z.ZodType>(path: string, model: Model, query: Sent['query'] = {}) {
    return this.#parse(model, await this.#send('GET', path, { query }))
  }

  async post<Model extends z.ZodType>(path: string, model: Model, body: unknown) {
    return this.#parse(model, await this.#send('POST', path, { body }))
  }

  async put<Model extends z.ZodType>(path: string, model: Model, body: unknown) {
    return this.#parse(model, await this.#send('PUT', path, { body }))
  }

  async patch<Model extends z.ZodType>(path: string, model: Model, body: unknown) {
    return this.#parse(model, await this.#send('PATCH', path, { body }))
  }

  async delete<Model extends z.ZodType>(path: string, model: Model, query: Sent['query'] = {}) {
    return this.#parse(model, await this.#send('DELETE', path, { query }))
  }

  /** For methods that return nothing: an empty answer is fine, and what is not empty must be JSON. */
  async nothing(method: 'DELETE' | 'POST', path: string, sent: Sent = {}): Promise<void> {
    await this.#send(method, path, sent)
  }

  /** Follows one redirection by itself; Python drops the credentials when that leads to another host. */
  async download(path: string): Promise<{ type: string; bytes: Buffer }> {
    const first = await this.#fetch('GET', path, {})
    if (first.status !== 301) throw new Error(`a download answered ${first.status} instead of 301`)
    const location = new URL(first.headers.get('location') ?? '', first.url)
    const response = await fetch(location, { redirect: 'manual' })
    const bytes = Buffer.from(await response.arrayBuffer())
    if (response.status !== 200) throw new Error(`${location} answered ${response.status}: ${bytes}`)
    return { type: response.headers.get('content-type') ?? '', bytes }
  }

  /** Yields the text of each event; like the original it does not look at the status. */
  async *events(path: string, query: Sent['query'] = {}): AsyncGenerator<string> {
    const stop = new AbortController()
    const response = await this.#fetch('GET', path, { query }, stop.signal, {
      accept: 'text/event-stream',
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      connection: 'keep-alive',
      'accept-encoding': 'gzip, deflate',
    })
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return
    let rest = ''
    try {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const blocks = `${rest}${chunk}`.split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks) {
          const data = block.split('\n').filter((line) => line.startsWith('data:'))
          if (data.length > 0) yield data.map((line) => line.slice(5).trimStart()).join('\n')
        }
      }
    } finally {
      stop.abort()
    }
  }

  async #send(method: string, path: string, sent: Sent): Promise<unknown> {
    const response = await this.#fetch(method, path, sent)
    const text = await response.text()
    const where = `${method} ${path}`
    if (response.status >= 400) throw new APIError(response.status, text, where)
    if (response.status >= 300) throw new Error(`${where}: a redirection is taken for an answer`)
    return text === '' ? undefined : { where, body: JSON.parse(text) }
  }

  async #fetch(
    method: string,
    path: string,
    { query = {}, body }: Sent,
    signal: AbortSignal = AbortSignal.timeout(30_000),
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${this.#baseUrl}/v1${path}${toPythonQuery(query)}`, {
      method,
      redirect: 'manual',
      signal,
      headers: {
        authorization: this.#authorization,
        'user-agent': 'APCA-PY/0.43.4',
        accept: '*/*',
        'accept-encoding': 'gzip, deflate',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: toPythonJson(body) }),
    })
  }

  #parse<Model extends z.ZodType>(model: Model, answer: unknown): z.infer<Model> {
    const { where, body } = (answer ?? { where: 'an empty answer', body: undefined }) as {
      where: string
      body: unknown
    }
    const result = model.safeParse(body)
    if (result.success) return result.data
    const issues = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new Error(
      `${where}: the client cannot parse ${issues.join('; ')} in ${JSON.stringify(body).slice(0, 500)}`,
    )
  }
}
