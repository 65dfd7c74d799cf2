import type { FastifyBaseLogger } from 'fastify'

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'
type Child = FastifyBaseLogger['child']

/**
 * The log of one request, made when it first has something to say: most requests never do, and making a child of the
 * server's log, with all that is redacted in it, costs more than finding the route.
 */
export function logOfRequest(
  log: FastifyBaseLogger,
  ...[bindings, options]: Parameters<Child>
): FastifyBaseLogger {
  return new RequestLog(() => log.child(bindings, options)) as unknown as FastifyBaseLogger
}

class RequestLog {
  readonly #make: () => FastifyBaseLogger
  #made: FastifyBaseLogger | undefined

  constructor(make: () => FastifyBaseLogger) {
    this.#make = make
  }

  get level(): string {
    return this.#own.level
  }

  fatal(...message: unknown[]): void {
    this.#say('fatal', message)
  }

  error(...message: unknown[]): void {
    this.#say('error', message)
  }

  warn(...message: unknown[]): void {
    this.#say('warn', message)
  }

  info(...message: unknown[]): void {
    this.#say('info', message)
  }

  debug(...message: unknown[]): void {
    this.#say('debug', message)
  }

  trace(...message: unknown[]): void {
    this.#say('trace', message)
  }

  child(...[bindings, options]: Parameters<Child>): FastifyBaseLogger {
    return this.#own.child(bindings, options)
  }

  #say(level: Level, message: unknown[]): void {
    const log = this.#own
    Reflect.apply(log[level], log, message)
  }

  get #own(): FastifyBaseLogger {
    this.#made ??= this.#make()
    return this.#made
  }
}
