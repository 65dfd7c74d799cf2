import type { Position } from '@paddock/broker-sdk'
import type { PlatformContext } from '../context.ts'

/** Against a broker that does not heed `page`, which would answer the first one for ever. */
const MOST_PAGES = 200

/** The positions of all accounts, by account. */
export async function readAllPositions({ broker }: PlatformContext): Promise<Record<string, Position[]>> {
  const all: Record<string, Position[]> = {}
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { positions } = await broker.positions.listAll({ page })
    const isNew = Object.keys(positions).some((accountId) => !(accountId in all))
    if (!isNew) break
    Object.assign(all, positions)
  }
  return all
}
