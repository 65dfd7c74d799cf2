import { CodesBody, ConditionCodesPath, ConditionCodesQuery } from '@paddock/broker-wire'
import { z } from 'zod'
import { CONDITIONS, VENUE } from './market-data-body.ts'
import { describe } from './market-data-route.ts'
import type { BrokerRoutes } from './routes.ts'

/** What the one-letter codes in quotes and trades stand for; on all tapes the same. */
export const codeRoutes: BrokerRoutes = async (app) => {
  app.get(
    '/v2/stocks/meta/exchanges',
    { schema: describe('List the codes of exchanges', z.object({}), CodesBody) },
    async () => ({ [VENUE]: 'Simulated exchange' }),
  )
  app.get(
    '/v2/stocks/meta/conditions/:ticktype',
    {
      schema: {
        ...describe('List the codes of conditions', ConditionCodesQuery, CodesBody),
        params: ConditionCodesPath,
      },
    },
    async ({ params: { ticktype } }) =>
      ticktype === 'trade' ? { [CONDITIONS.trade]: 'Regular sale' } : { [CONDITIONS.quote]: 'Regular quote' },
  )
}
