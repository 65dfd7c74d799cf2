import { setTimeout as wait } from 'node:timers/promises'
import { WorldClock } from '@paddock/service'
import { bankBeside } from '../../../servers/broker/test/bank-beside.ts'
import { brokerWorld, FRIDAY_NOON, KEYS } from '../../../servers/broker/test/broker-world.ts'

/** The broker under test: one of ours on a fresh database, or anybody's by its address. */
export interface Target extends AsyncDisposable {
  readonly baseUrl: string
  readonly key: string
  readonly secret: string
  /** Ours has a door to its simulation; elsewhere time passes by itself. */
  readonly hasSimulation: boolean
  /** Lets time go by: at once in our world, a moment's waiting elsewhere. */
  pass(move: { seconds: number } | { days: number }): Promise<void>
}

/** Our own broker with a bank beside it, unless `CONFORM_URL`, `CONFORM_KEY` and `CONFORM_SECRET` name another. */
export async function openTarget(): Promise<Target> {
  const { CONFORM_URL: url, CONFORM_KEY: key = '', CONFORM_SECRET: secret = '' } = process.env
  return url === undefined ? bootOurs() : reachOther(url.replace(/\/+$/, ''), key, secret)
}

async function bootOurs(): Promise<Target> {
  const bank = await bankBeside(new WorldClock({ frozenAt: FRIDAY_NOON }))
  const logLevel = process.env.CONFORM_LOG ?? 'silent'
  const world = await brokerWorld({ bank: bank.settings, logLevel })
  return {
    baseUrl: world.broker.url,
    ...KEYS,
    hasSimulation: true,
    async pass(move) {
      await world.must(world.advance(move))
    },
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]()
      await bank[Symbol.asyncDispose]()
    },
  }
}

async function reachOther(baseUrl: string, key: string, secret: string): Promise<Target> {
  const door = await fetch(`${baseUrl}/_sim/clock`).catch(() => undefined)
  const hasSimulation = door?.ok ?? false
  return {
    baseUrl,
    key,
    secret,
    hasSimulation,
    async pass(move) {
      if (!hasSimulation) return wait(5_000)
      await fetch(`${baseUrl}/_sim/clock/advance`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(move),
      })
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** Looks, lets two seconds pass, and looks again, until there is something. */
export async function untilThere<Found>(
  target: Target,
  what: string,
  look: () => Promise<Found | undefined>,
): Promise<Found> {
  for (let tries = 0; tries < 60; tries += 1) {
    const found = await look()
    if (found !== undefined) return found
    await target.pass({ seconds: 2 })
  }
  throw new Error(`waited in vain for: ${what}`)
}
