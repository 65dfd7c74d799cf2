import { connect, type Socket } from 'node:net'
import { AUTHORIZATION, type StreamStory } from './messages.ts'

const EVENT = /"at":"([^"]+)"[^\n]*?"event_id":(\d+)/

/** One reader of an event stream, on a bare socket: ten thousand of them fit into a process. */
export class StreamClient {
  readonly path: string
  readonly #port: number
  readonly #onDelay: (milliseconds: number) => void
  #socket: Socket | undefined
  #rest = ''
  #count = 0
  #sum = 0
  #disorders = 0
  #wasToldSlow = 0
  #last = 0
  #isPaused = false
  #isBroken = false

  constructor(url: string, path: string, onDelay: (milliseconds: number) => void) {
    this.path = path
    this.#port = Number(new URL(url).port)
    this.#onDelay = onDelay
  }

  get story(): StreamStory {
    return {
      path: this.path,
      count: this.#count,
      sum: this.#sum,
      disorders: this.#disorders,
      wasToldSlow: this.#wasToldSlow,
    }
  }

  begin(): void {
    this.#count = 0
    this.#sum = 0
    this.#disorders = 0
  }

  /** Resolves with the first bytes of the answer. */
  open(): Promise<void> {
    this.#rest = ''
    this.#isBroken = false
    return new Promise((resolve, reject) => {
      const socket = connect(this.#port, '127.0.0.1')
      this.#socket = socket
      const cursor = this.#last === 0 ? '' : `${this.path.includes('?') ? '&' : '?'}since_id=${this.#last}`
      socket.write(
        `GET ${this.path}${cursor} HTTP/1.1\r\nHost: bench\r\nAuthorization: ${AUTHORIZATION}\r\n\r\n`,
      )
      socket.once('data', (head) => {
        if (head.toString('latin1').startsWith('HTTP/1.1 200')) resolve()
        else reject(new Error(head.toString('latin1').slice(0, 300)))
      })
      socket.on('data', (chunk) => this.#read(chunk.toString('latin1')))
      socket.on('error', reject)
      socket.on('close', () => this.#comeBack())
    })
  }

  /** Breaks the connection without the long goodbye that would keep its port. */
  cut(): void {
    this.#socket?.removeAllListeners('close')
    this.#socket?.resetAndDestroy()
  }

  stopReading(): void {
    this.#isPaused = true
    this.#socket?.pause()
  }

  readOn(): void {
    this.#isPaused = false
    if (this.#isBroken) this.open().catch(() => undefined)
    else this.#socket?.resume()
  }

  /** Who was cut off for being slow takes the stream up again where it was. */
  #comeBack(): void {
    this.#isBroken = true
    // A server that is gone is for the report to tell, as what is missing.
    if (!this.#isPaused) this.open().catch(() => undefined)
  }

  #read(text: string): void {
    const parts = (this.#rest + text).split('\n\n')
    this.#rest = parts.pop() ?? ''
    for (const part of parts) this.#take(part)
  }

  #take(text: string): void {
    if (text.includes(': you are reading too slowly')) {
      this.#wasToldSlow += 1
      this.cut()
      this.#comeBack()
      return
    }
    const [, at, id] = EVENT.exec(text) ?? []
    if (at === undefined) return
    const number = Number(id)
    if (number <= this.#last) this.#disorders += 1
    this.#last = number
    this.#count += 1
    this.#sum += number
    this.#onDelay(Date.now() - Date.parse(at))
  }
}
