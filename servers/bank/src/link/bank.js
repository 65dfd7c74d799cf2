const TIMEOUT_MS = 20_000

/** What the bank answered with an error, in the vendor's shape. */
export class BankError extends Error {
  constructor(facts) {
    super(facts.error_message)
    this.facts = {
      error_type: facts.error_type,
      error_code: facts.error_code,
      error_message: facts.error_message,
      display_message: facts.display_message ?? null,
    }
    this.requestId = facts.request_id ?? ''
  }
}

const unreachable = {
  error_type: 'API_ERROR',
  error_code: 'INTERNAL_SERVER_ERROR',
  error_message: 'the bank server did not answer',
  display_message: 'We could not reach the bank. Check your connection and try again.',
}

/** One of the page's own calls. Anything that is not an answer becomes a `BankError` too. */
export async function callBank(name, body, area = 'session') {
  let response
  let answer
  try {
    response = await fetch(`/link/${area}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    answer = await response.json()
  } catch {
    throw new BankError(unreachable)
  }
  // A page that was processed already is told with a status that counts as success.
  if (!response.ok || answer.error_code !== undefined) throw new BankError(answer)
  return answer
}
