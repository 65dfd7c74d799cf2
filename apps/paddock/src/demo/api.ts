import { StartRefused } from '../start-refused.ts'

/** The least of a client for seeding: JSON in, JSON out, and a clear end when an answer is not 2xx. */
export class Api {
  readonly #baseUrl: string
  readonly #headers: Readonly<Record<string, string>>

  constructor(baseUrl: string, headers: Readonly<Record<string, string>> = {}) {
    this.#baseUrl = baseUrl
    this.#headers = headers
  }

  async call<Answer>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Answer> {
    const response = await this.try(method, path, body)
    const text = await response.text()
    if (!response.ok) {
      throw new StartRefused('demo_failed', {
        message: `The demo world could not be made: ${method} ${path} answered ${response.status} ${text}`,
      })
    }
    return (text === '' ? undefined : JSON.parse(text)) as Answer
  }

  try(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#baseUrl}${path}`, {
      method,
      headers: { ...this.#headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(15_000),
    })
  }
}
