/** A network that loses things when it is told to. */
export function lossyNetwork() {
  const options = { withoutKeys: false }
  const losses: { what: 'answer' | 'request'; method: string; path: RegExp }[] = []
  let calls: string[] = []

  const lossyFetch: typeof globalThis.fetch = async (input, init = {}) => {
    const { pathname } = new URL(String(input))
    const method = init.method ?? 'GET'
    calls.push(`${method} ${pathname}`)
    const index = losses.findIndex((loss) => loss.method === method && loss.path.test(pathname))
    const [loss] = index < 0 ? [] : losses.splice(index, 1)
    if (loss?.what === 'request') throw new TypeError('the request was lost')
    const headers = new Headers(init.headers)
    // As at the vendor, which has no keys for most calls.
    if (options.withoutKeys) headers.delete('idempotency-key')
    const response = await fetch(input, { ...init, headers })
    if (loss === undefined) return response
    await response.arrayBuffer()
    throw new TypeError('the answer was lost')
  }
  return {
    fetch: lossyFetch,
    options,
    loseAnswer: (method: string, path: RegExp) => losses.push({ what: 'answer', method, path }),
    loseRequest: (method: string, path: RegExp) => losses.push({ what: 'request', method, path }),
    callsTo: (method: string, path: RegExp) =>
      calls.filter((call) => call.startsWith(`${method} `) && path.test(call)).length,
    forgetCalls: () => {
      calls = []
    },
  }
}
