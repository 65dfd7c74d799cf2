import { setTimeout as wait } from 'node:timers/promises'
import { simulate } from './seed-routes.ts'

/** Moves the world on, a second at a time, until `look` finds what it looks for. */
export async function untilInWorld<Found>(
  broker: string,
  what: string,
  look: () => Promise<Found | undefined>,
): Promise<Found> {
  for (let tries = 0; tries < 60; tries += 1) {
    const found = await look()
    if (found !== undefined) return found
    await simulate(broker, '/_sim/clock/advance', { seconds: 1 })
    await wait(50)
  }
  throw new Error(`waited in vain for: ${what}`)
}
