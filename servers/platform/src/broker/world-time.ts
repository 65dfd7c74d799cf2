import type { PlatformContext } from '../context.ts'

/** What time it is where the broker is: real time at the vendor, the world's at our own. */
export async function readWorldTime({ broker }: PlatformContext): Promise<Temporal.Instant> {
  return Temporal.Instant.from((await broker.clock.get()).timestamp)
}
