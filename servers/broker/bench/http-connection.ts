import { connect, type Socket } from 'node:net'

export type HttpAnswer = { readonly status: number; readonly body: string }

/**
 * One kept-alive connection, one request at a time, on a bare socket: whoever measures a server on the same machine
 * must not need more of it than the server.
 */
export class HttpConnection {
  readonly #socket: Socket
  #rest = ''
  #waiting: ((answer: HttpAnswer) => void) | undefined
  #failed: ((error: Error) => void) | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#read(chunk.toString('latin1')))
    socket.on('error', (error) => this.#failed?.(error))
    socket.on('close', () => this.#failed?.(new Error('the server has closed the connection')))
  }

  static open(port: number): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('error', reject)
      socket.once('connect', () => resolve(new HttpConnection(socket)))
    })
  }

  send(request: string): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting = resolve
      this.#failed = reject
      this.#socket.write(request, 'latin1')
    })
  }

  close(): void {
    this.#failed = undefined
    this.#socket.destroy()
  }

  #read(text: string): void {
    this.#rest += text
    const headEnd = this.#rest.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.#rest)?.[1] ?? 0)
    if (this.#rest.length < headEnd + 4 + length) return
    const status = Number(this.#rest.slice(9, 12))
    const body = this.#rest.slice(headEnd + 4, headEnd + 4 + length)
    this.#rest = this.#rest.slice(headEnd + 4 + length)
    this.#waiting?.({ status, body })
  }
}
