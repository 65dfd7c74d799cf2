import type { FastifyReply, FastifyRequest } from 'fastify'
import { WireRefused } from './wire-error.ts'

const DEFAULT_PER_MINUTE = 10_000

/** A bucket that refills steadily: a burst may take the whole minute's worth, then waits. */
export class RateLimit {
  readonly #perMinute: number
  readonly #tokens = new Map<string, { left: number; atMs: number }>()

  constructor(perMinute = DEFAULT_PER_MINUTE) {
    this.#perMinute = perMinute
  }

  /** Takes one request from the key's bucket; sets the vendor's three headers on every answer. */
  take(request: FastifyRequest, reply: FastifyReply): void {
    const bucket = this.#bucketOf(keyOf(request))
    const isAllowed = bucket.left >= 1
    if (isAllowed) bucket.left -= 1
    const missing = isAllowed ? this.#perMinute - bucket.left : 1 - bucket.left
    const resetMs = (missing * 60_000) / this.#perMinute
    reply.header('X-RateLimit-Limit', this.#perMinute)
    reply.header('X-RateLimit-Remaining', Math.floor(bucket.left))
    // The caller compares with its own clock, so this is the machine's time and not the world's.
    reply.header('X-RateLimit-Reset', Math.ceil((Temporal.Now.instant().epochMilliseconds + resetMs) / 1000))
    if (!isAllowed) throw new WireRefused(429, 42910000, 'rate limit exceeded')
  }

  #bucketOf(key: string) {
    const nowMs = performance.now()
    const before = this.#tokens.get(key) ?? { left: this.#perMinute, atMs: nowMs }
    const refilled = before.left + ((nowMs - before.atMs) * this.#perMinute) / 60_000
    const bucket = { left: Math.min(this.#perMinute, refilled), atMs: nowMs }
    this.#tokens.set(key, bucket)
    if (this.#tokens.size > MAX_KEYS) this.#forgetOldest()
    return bucket
  }

  #forgetOldest(): void {
    const oldest = this.#tokens.keys().next().value
    if (oldest !== undefined) this.#tokens.delete(oldest)
  }
}

const MAX_KEYS = 1_000

/** Callers are told apart by what they present; the keys are checked later. */
function keyOf({ headers, ip }: FastifyRequest): string {
  const key = headers['apca-api-key-id'] ?? headers.authorization
  return typeof key === 'string' ? key.slice(0, 200) : ip
}
