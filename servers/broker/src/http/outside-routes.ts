export type Answer = { status: number; body: { code: number; message: string } & Record<string, unknown> }

const frameworkMessages: Record<number, { code: number; message: string }> = {
  400: { code: 40010000, message: 'request is malformed' },
  404: { code: 40410000, message: 'endpoint not found' },
  408: { code: 40810000, message: 'request took too long' },
  413: { code: 41310000, message: 'request body is too large' },
  414: { code: 41410000, message: 'request path is too long' },
  415: { code: 41510000, message: 'content-type must be application/json' },
  431: { code: 43110000, message: 'request headers are too large' },
  503: { code: 50310000, message: 'service is not available; try again' },
}

/** PostgreSQL ended the connection, the statement or the transaction: nothing of it was kept. */
const DATABASE_TROUBLE = new Set(['57P01', '57P02', '57P03', '57014', '53300', '40001', '40P01', '25P03'])
const SOCKET_TROUBLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT'])
const POOL_TROUBLE =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered)/

/** What is refused before or behind every route; an unknown failure is a 500 without details. */
export function answerOutsideRoutes(error: unknown): Answer {
  const status = isDatabaseTrouble(error) ? 503 : (error as { statusCode?: unknown }).statusCode
  const known = typeof status === 'number' ? frameworkMessages[status] : undefined
  if (typeof status === 'number' && known !== undefined) return { status, body: known }
  return { status: 500, body: { code: 50010000, message: 'internal server error occurred' } }
}

function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  if (typeof code === 'string' && (DATABASE_TROUBLE.has(code) || SOCKET_TROUBLE.has(code))) return true
  return POOL_TROUBLE.test(error.message)
}
