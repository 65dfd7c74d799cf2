import { BrokerError } from './broker-error.ts'
import { chunksOf } from './chunks.ts'

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

export interface BrokerClientOptions {
  /** Such as `https://broker-api.sandbox.alpaca.markets`, without a path. */
  baseUrl: string
  key: string
  secret: string
  /** Market data lives on a host of its own at the vendor. Default: `baseUrl`. */
  dataUrl?: string
  /** Default: the platform's own. Tests give one that loses answers. */
  fetch?: typeof globalThis.fetch
  /** How long a call may take, reading the answer included. Default 10,000. Streams have no end. */
  timeoutMs?: number
}

export interface CallOptions {
  signal?: AbortSignal
}

export interface CreateOptions extends CallOptions {
  /** Sent as `Idempotency-Key`: the same key and body answer the same object. Not every server heeds it. */
  idempotencyKey?: string
}

export interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  host?: 'broker' | 'data'
  path: string
  query?: Query
  body?: unknown
  options?: CreateOptions | undefined
}

/** One HTTP conversation: never repeats a call by itself, never follows a redirect with our keys. */
export interface Transport {
  /** The parsed answer; undefined when it has no body. Throws `BrokerError` for everything else. */
  call<Answer>(request: Request): Promise<Answer>
  /** A file behind a redirect: the link itself opens it, so our keys do not go there. */
  download(path: string, accept: string, options?: CallOptions): Promise<Uint8Array>
  /** An open event stream. */
  open(path: string, query: Query, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>
}

/** No honest answer is larger: the list of all assets has about 10 MB. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024

export function createTransport(options: BrokerClientOptions): Transport {
  const fetchAnswer = options.fetch ?? globalThis.fetch
  const timeoutMs = options.timeoutMs ?? 10_000
  const bases = { broker: baseOf(options.baseUrl), data: baseOf(options.dataUrl ?? options.baseUrl) }
  const authorization = `Basic ${base64(`${options.key}:${options.secret}`)}`

  return {
    async call<Answer>({ method, host = 'broker', path, query, body, options: call }: Request) {
      const headers: Record<string, string> = { authorization, accept: 'application/json' }
      if (body !== undefined) headers['content-type'] = 'application/json'
      if (call?.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey
      const deadline = AbortSignal.timeout(timeoutMs)
      const signal = call?.signal === undefined ? deadline : AbortSignal.any([deadline, call.signal])
      const init: RequestInit = { method, headers, signal, redirect: 'manual' }
      if (body !== undefined) init.body = JSON.stringify(body)

      const response = await answerOf(() => fetchAnswer(urlOf(bases[host], path, query), init))
      const text = await readText(response)
      if (!response.ok) throw errorOf(response, text)
      return parseAnswer(response, text) as Answer
    },

    async download(path, accept, call) {
      const deadline = AbortSignal.timeout(timeoutMs)
      const signal = call?.signal === undefined ? deadline : AbortSignal.any([deadline, call.signal])
      const url = urlOf(bases.broker, path)
      const response = await answerOf(() =>
        fetchAnswer(url, { headers: { authorization, accept }, signal, redirect: 'manual' }),
      )
      const link = linkOf(response, url)
      if (link === undefined) throw errorOf(response, await readText(response))
      await response.body?.cancel()
      const file = await answerOf(() => fetchAnswer(link, { headers: { accept }, signal }))
      if (!file.ok) throw errorOf(file, await readText(file))
      return readBytes(file)
    },

    async open(path, query, signal) {
      const headers = { authorization, accept: 'text/event-stream', 'cache-control': 'no-cache' }
      const url = urlOf(bases.broker, path, query)
      const response = await answerOf(() => fetchAnswer(url, { headers, signal, redirect: 'manual' }))
      if (!response.ok) throw errorOf(response, await readText(response))
      if (response.body === null) throw new BrokerError('the event stream has no body', factsOf(response))
      return response.body
    },
  }
}

function baseOf(url: string): string {
  return url.replace(/\/+$/, '')
}

function urlOf(base: string, path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    search.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  const text = search.toString()
  return text === '' ? `${base}${path}` : `${base}${path}?${text}`
}

/** `btoa` takes Latin-1 only; keys may be any text. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

async function answerOf(ask: () => Promise<Response>): Promise<Response> {
  try {
    return await ask()
  } catch (cause) {
    throw new BrokerError(`no answer from the broker: ${nameOf(cause)}`, { cause })
  }
}

/** Where a redirect leads, when it leads to a place on the web. */
function linkOf({ status, headers }: Response, from: string): string | undefined {
  const location = headers.get('location')
  if (status < 300 || status > 399 || location === null || !URL.canParse(location, from)) return undefined
  const { protocol, href } = new URL(location, from)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}

async function readText(response: Response): Promise<string> {
  return new TextDecoder().decode(await readBytes(response))
}

async function readBytes(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of chunksOf(response.body)) {
      bytes += chunk.byteLength
      if (bytes > MAX_ANSWER_BYTES) throw new Error('the answer is too large')
      chunks.push(chunk)
    }
  } catch (cause) {
    // Half an answer is none: the status alone does not prove what happened.
    throw new BrokerError(`the broker's answer was cut off: ${nameOf(cause)}`, { cause })
  }
  const whole = new Uint8Array(bytes)
  let place = 0
  for (const chunk of chunks) {
    whole.set(chunk, place)
    place += chunk.byteLength
  }
  return whole
}

function parseAnswer(response: Response, text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new BrokerError("the broker's answer is not JSON", {
      ...factsOf(response),
      status: undefined,
      cause,
    })
  }
}

function errorOf(response: Response, text: string): BrokerError {
  const body = readErrorBody(text)
  const message = typeof body?.message === 'string' ? body.message : `HTTP ${response.status}`
  const code = typeof body?.code === 'number' ? body.code : undefined
  return new BrokerError(message, { ...factsOf(response), code, body })
}

function readErrorBody(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function factsOf(response: Response) {
  return { status: response.status, requestId: response.headers.get('x-request-id') ?? undefined }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error'
}
