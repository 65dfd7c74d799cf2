import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { assert } from '@paddock/kernel'
import { IdentityRefused } from './identity-refused.ts'

const SHORTEST = 8
const LONGEST = 128
const MOST_BYTES = 1_024

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const
const TAG_BYTES = 32

const MOST_AT_ONCE = 4
const LONGEST_QUEUE = 50

const derive = promisify(argon2)

/** Refuses what is too short to be safe or too long to be honest; nothing is cut. */
export function checkPassword(password: string): void {
  const length = [...password].length
  if (length < SHORTEST) throw new IdentityRefused('password_too_short', { shortest: SHORTEST })
  if (length > LONGEST || Buffer.byteLength(password) > MOST_BYTES) {
    throw new IdentityRefused('password_too_long', { longest: LONGEST })
  }
}

/** Hashes and compares passwords, a few at once: each costs 19 MiB, and a flood of them must end in a 429. */
export class PasswordHasher {
  #running = 0
  readonly #waiting: (() => void)[] = []
  /** Compared for users that do not exist, so that their answer takes as long. */
  readonly #nobody: Promise<string> = this.hash(randomBytes(16).toString('hex'))

  async hash(password: string): Promise<string> {
    const nonce = randomBytes(16)
    const tag = await this.#derive(password, nonce)
    const { memory, passes, parallelism } = COST
    return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${toText(nonce)}$${toText(tag)}`
  }

  /** Whether `password` made `stored`; always false, after the same time, when there is nothing stored. */
  async matches(password: string, stored: string | undefined): Promise<boolean> {
    const [, , , , salt, expected] = (stored ?? (await this.#nobody)).split('$')
    assert(salt !== undefined && expected !== undefined, 'the stored password is not a hash')
    const tag = await this.#derive(password, Buffer.from(salt, 'base64'))
    return timingSafeEqual(tag, Buffer.from(expected, 'base64')) && stored !== undefined
  }

  async #derive(password: string, nonce: Buffer): Promise<Buffer> {
    if (this.#running >= MOST_AT_ONCE) {
      if (this.#waiting.length >= LONGEST_QUEUE) throw new IdentityRefused('too_busy')
      // Whoever ends hands its place over, so `#running` does not change.
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else {
      this.#running += 1
    }
    try {
      const message = Buffer.from(password.normalize('NFC'), 'utf8')
      return await derive('argon2id', { message, nonce, tagLength: TAG_BYTES, ...COST })
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }
}

const toText = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
