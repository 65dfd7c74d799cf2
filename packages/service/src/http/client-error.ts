import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'

/** Bytes that are no HTTP request: no route, hook or error handler ever sees them. */
export interface ClientError {
  status: 400 | 408 | 431
  /** For people; says nothing about the server. */
  message: string
  requestId: string
}

/** Makes the body of an answer to something that is no HTTP, in the shape of the server's own errors. */
export type PresentClientError = (error: ClientError) => object

const known: Readonly<Record<string, Omit<ClientError, 'requestId'>>> = {
  HPE_HEADER_OVERFLOW: { status: 431, message: 'the request headers are too large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, message: 'the request took too long to arrive' },
}
const malformed = { status: 400, message: 'the request is not valid HTTP' } as const
const reasons = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
} as const

/** Answers once and closes: what follows on such a connection cannot be trusted to begin where we think. */
export function answerClientError(
  error: { code?: string },
  socket: Socket,
  present: PresentClientError,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const facts = { ...(known[error.code ?? ''] ?? malformed), requestId: randomUUID() }
  const body = JSON.stringify(present(facts))
  const head = [
    `HTTP/1.1 ${facts.status} ${reasons[facts.status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${facts.requestId}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
