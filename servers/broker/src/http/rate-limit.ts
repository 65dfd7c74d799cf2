import type { FastifyReply, FastifyRequest } from 'fastify'
import { WireRefused } from './wire-error.ts'

const DEFAULT_PER_MINUTE = 10_000

/** Buckets of one kind that are remembered; beyond it the one unused for longest is forgotten, which only gives. */
const MAX_BUCKETS = 10_000

type Bucket = { left: number; atMs: number }

/** Who is counted: a caller that has shown who it is, or the address of one that has not. */
export type Counted = { readonly kind: 'key' | 'address'; readonly name: string }

/** A bucket that refills steadily: a burst may take the whole minute's worth, then waits. */
export class RateLimit {
  readonly #perMinute: number
  // Apart, so that no flood of addresses makes a known caller's bucket be forgotten.
  readonly #buckets = { key: new Map<string, Bucket>(), address: new Map<string, Bucket>() }

  constructor(perMinute = DEFAULT_PER_MINUTE) {
    this.#perMinute = perMinute
  }

  /** Takes one request from the bucket; sets the vendor's three headers, which every answer then carries. */
  take(reply: FastifyReply, { kind, name }: Counted): void {
    const bucket = this.#bucketOf(this.#buckets[kind], name)
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

  /** The same for a request that shows no credentials, or wrong ones: whatever its headers say, its address counts. */
  takeFromAddress(request: FastifyRequest, reply: FastifyReply): void {
    this.take(reply, { kind: 'address', name: request.ip })
  }

  /** For what the framework refuses before any hook has run; answers the refusal if it is one too many. */
  takeUnlessTaken(request: FastifyRequest, reply: FastifyReply): unknown {
    if (reply.hasHeader('X-RateLimit-Limit')) return undefined
    try {
      this.takeFromAddress(request, reply)
      return undefined
    } catch (error) {
      return error
    }
  }

  #bucketOf(buckets: Map<string, Bucket>, name: string): Bucket {
    const nowMs = performance.now()
    const before = buckets.get(name) ?? { left: this.#perMinute, atMs: nowMs }
    const refilled = before.left + ((nowMs - before.atMs) * this.#perMinute) / 60_000
    const bucket = { left: Math.min(this.#perMinute, refilled), atMs: nowMs }
    // Put at the end, so that the first is always the one unused for longest.
    buckets.delete(name)
    buckets.set(name, bucket)
    if (buckets.size > MAX_BUCKETS) buckets.delete(buckets.keys().next().value ?? name)
    return bucket
  }
}
