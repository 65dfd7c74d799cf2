import type { BrokerWorld } from './broker-world.ts'
import { readLog } from './event-writers.ts'
import { openStream } from './sse.ts'

export const NOTHING = '0'.repeat(26)

/** Everything that a stream tells of the past; its server should beat often (`heartbeatMs`). */
export async function history(world: BrokerWorld, path: string, query = '') {
  const isV1 = path.startsWith('/v1/')
  const all = isV1
    ? 'since_id=0&until_id=999999999999999999'
    : `since_id=${NOTHING}&until_id=7${'Z'.repeat(25)}`
  await using stream = await openStream(`${world.broker.url}${path}?${all}${query}`)
  const wanted = (await readLog(world)).length
  let seen = -1
  // An end that is never reached keeps the stream open: what has come when nothing more comes is all there is.
  await stream.until(() => {
    const isStill = stream.events.length === seen && stream.comments.length > 1
    seen = stream.events.length
    return isStill
  })
  if (seen > wanted) throw new Error('there are more events than were written')
  return stream.events.map(({ data }) => data)
}
