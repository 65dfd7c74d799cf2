import { type TradingWorld, tradingWorld } from './trading-world.ts'

/** Two days before Thanksgiving, before the open. */
export const TUESDAY = Temporal.Instant.from('2026-11-24T14:00:00Z')

/** A dividend that goes ex on Tuesday a week later. */
export const dividend = {
  type: 'dividend',
  symbol: 'TSLA',
  cash: '0.37',
  ex_date: '2026-12-01',
  payable_date: '2026-12-09',
}

/** A trading world on that Tuesday in which somebody can announce something. */
export async function actionsWorld(options: Parameters<typeof tradingWorld>[0] = {}) {
  const world: TradingWorld = await tradingWorld({ at: TUESDAY, ...options })
  return Object.assign(world, {
    async announce(body: object) {
      const { status, body: said } = await world.call('POST', '/_sim/corporate-actions', body)
      if (status !== 200) throw new Error(`not announced: ${status} ${JSON.stringify(said)}`)
      return said
    },
    leapTo: (to: string) => world.call('POST', '/_sim/clock/advance', { to }),
    linesOf: (accountId: string, type: string) =>
      world.db
        .selectFrom('activities')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('activity_type', '=', type)
        .orderBy('at')
        .execute(),
    held: (accountId: string, symbol: string) => world.balance(`${accountId}:shares:${symbol}`),
  })
}
