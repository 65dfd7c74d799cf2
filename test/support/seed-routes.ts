/** A person who uses the platform by the seed's own routes, with plain HTTP and nothing of ours. */
export class SeedCustomer {
  readonly #platform: string
  readonly email: string
  #token: string | undefined

  constructor(platform: string, email: string) {
    this.#platform = platform
    this.email = email
  }

  async signUp(password = 'correct horse battery'): Promise<void> {
    const { access_token } = await this.expectOk('POST', '/platform/signup', { email: this.email, password })
    this.#token = String(access_token)
  }

  async signIn(password = 'correct horse battery'): Promise<void> {
    const { access_token } = await this.expectOk('POST', '/platform/login', { email: this.email, password })
    this.#token = String(access_token)
  }

  get token(): string | undefined {
    return this.#token
  }

  /** Sends a request with the seed's header and answers status and body, whatever they are. */
  async send(method: string, route: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${this.#platform}${route}`, {
      method,
      headers: {
        ...(this.#token === undefined ? {} : { 'access-token': this.#token }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  async expectOk(method: string, route: string, body?: unknown) {
    const answer = await this.send(method, route, body)
    if (answer.status >= 300) {
      throw new Error(`${method} ${route} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    }
    return answer.body as Record<string, unknown>
  }
}

/** Calls one of the embedded servers' `/_sim` doors. */
export async function simulate(server: string, route: string, body: unknown = {}) {
  const response = await fetch(`${server}${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${route} answered ${response.status}: ${await response.text()}`)
  return response.json()
}
