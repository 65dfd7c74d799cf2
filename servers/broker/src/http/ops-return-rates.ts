import { newYorkDate } from '@paddock/calendar'
import { z } from 'zod'
import { listRates } from '../risk/rate-store.ts'
import {
  formatHundredths,
  levelOf,
  RATE_WINDOW_DAYS,
  type ReturnFigures,
  rateLevels,
  rateNames,
  rateOf,
  readReturnFigures,
} from '../risk/return-rates.ts'
import { PastDay } from './ops-reconciliation.ts'
import type { BrokerRoutes } from './routes.ts'

const Rate = z.object({
  returned: z.number(),
  /** Hundredths of a percent as text, such as `0.25`. */
  percent: z.string(),
  alarm_at: z.string(),
  level_at: z.string(),
  level: z.enum(['ok', 'half', 'over']),
})

const RatesBody = z.object({
  day: z.string(),
  from: z.string(),
  groups: z.array(
    z.object({
      company_id: z.string(),
      sec_code: z.string(),
      purpose: z.string(),
      entries: z.number(),
      unauthorized: Rate,
      administrative: Rate,
      overall: Rate,
    }),
  ),
})

/** How much of what we collect comes back; not part of the vendor's API (contracts/nacha/risk.md §5). */
export const opsReturnRateRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/_ops/ach/return-rates',
    {
      schema: {
        summary: 'Get the return rates of ACH debits, as they are now or were found on a day',
        tags: ['Operations'],
        querystring: z.object({ date: PastDay.optional() }),
        response: { 200: RatesBody },
      },
    },
    async ({ query }) => {
      const today = newYorkDate(ctx.clock.now())
      const day = query.date === undefined ? today : Temporal.PlainDate.from(query.date)
      const groups =
        query.date === undefined
          ? await readReturnFigures(ctx.db, ctx.ach.agreement.companyId, day)
          : await listRates(ctx.db, day)
      return {
        day: day.toString(),
        from: day.subtract({ days: RATE_WINDOW_DAYS - 1 }).toString(),
        groups: groups.map(presentGroup),
      }
    },
  )
}

function presentGroup(figures: ReturnFigures) {
  const [unauthorized, administrative, overall] = rateNames.map((name) => ({
    returned: figures[name],
    percent: formatHundredths(rateOf(figures, name)),
    alarm_at: formatHundredths(rateLevels[name].level / 2n),
    level_at: formatHundredths(rateLevels[name].level),
    level: levelOf(figures, name),
  })) as [z.infer<typeof Rate>, z.infer<typeof Rate>, z.infer<typeof Rate>]
  return {
    company_id: figures.companyId,
    sec_code: figures.secCode,
    purpose: figures.purpose,
    entries: figures.entries,
    unauthorized,
    administrative,
    overall,
  }
}
