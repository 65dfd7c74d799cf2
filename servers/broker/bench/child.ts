import { type ChildProcess, fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command, Deliveries, LoadReport, MemoryReading, Report } from './messages.ts'

export type Sample = { readonly atMs: number; readonly rssMb: number; readonly heapMb: number }
type Answer =
  | Deliveries
  | LoadReport
  | MemoryReading
  | Report
  | { kind: 'done' | 'failed' | 'listening'; url?: string; message?: string }

/** A process of the benchmark: asked one thing at a time, its memory watched all the time. */
export class Child {
  readonly samples: Sample[] = []
  readonly #process: ChildProcess
  #waiting: ((answer: Answer) => void) | undefined

  constructor(file: string, parameters: readonly string[] = [], nodeFlags: readonly string[] = []) {
    this.#process = fork(new URL(file, import.meta.url), parameters, {
      stdio: 'inherit',
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning', ...nodeFlags],
    })
    this.#process.on('message', (answer: Answer) => {
      if (answer.kind === 'memory') {
        this.samples.push({ atMs: performance.now(), rssMb: answer.rssMb, heapMb: answer.heapMb })
      } else this.#waiting?.(answer)
    })
    this.#process.on('exit', () => this.#waiting?.({ kind: 'failed', message: `${file} has ended` }))
  }

  async listening(): Promise<string> {
    const answer = await this.#next()
    if (!('url' in answer) || answer.url === undefined) throw new Error('the server did not start')
    return answer.url
  }

  async ask(command: Command): Promise<Answer> {
    const answer = this.#next()
    this.#process.send(command)
    const given = await answer
    if (given.kind === 'failed') throw new Error(`${command.kind}: ${given.message ?? ''}`)
    return given
  }

  async report(): Promise<Report> {
    const answer = await this.ask({ kind: 'report' })
    if (answer.kind !== 'report') throw new Error('that is no report')
    return answer
  }

  async load(command: Command & { kind: 'load' | 'tpcb' }): Promise<LoadReport> {
    const answer = await this.ask(command)
    if (answer.kind !== 'loaded') throw new Error('that is no load')
    return answer
  }

  /** What a follower of trades has heard of. */
  async deliveries(): Promise<Deliveries> {
    const answer = await this.ask({ kind: 'deliveries' })
    if (answer.kind !== 'deliveries') throw new Error('those are no deliveries')
    return answer
  }

  tell(message: object): void {
    this.#process.send(message)
  }

  /** What is in use after the garbage is gone. */
  async collected(): Promise<Sample> {
    this.tell({ kind: 'collect' })
    await sleep(1_000)
    const least = leastOf(this.samples.slice(-2))
    if (least === undefined) throw new Error('nothing was measured')
    return least
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    this.#process.send({ kind: 'stop' })
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 8_000)
    await ended
    clearTimeout(timer)
  }

  disconnect(): void {
    if (this.#process.connected) this.#process.disconnect()
  }

  #next(): Promise<Answer> {
    return new Promise((resolve) => {
      this.#waiting = resolve
    })
  }
}

const leastOf = (samples: readonly Sample[]) =>
  samples.reduce<Sample | undefined>(
    (least, one) => (least === undefined || one.heapMb < least.heapMb ? one : least),
    undefined,
  )
