import { AnnouncementBody, CreateCorporateActionBody } from '@paddock/broker-wire'
import { type PriceMicro, parsePrice } from '@paddock/money'
import type { HttpServer } from '@paddock/service'
import { z } from 'zod'
import type { BrokerContext } from '../context.ts'
import { createAction, type NewAction } from '../corporate-actions/create-action.ts'
import { presentAnnouncement } from './present-corporate-action.ts'
import { WireRefused } from './wire-error.ts'

const NamedOnly = z.object({ id: z.string(), corporate_action_id: z.string() })

/** Announces dividends and splits that the calendar does not have. */
export function serveCorporateActions(sim: HttpServer, ctx: BrokerContext): void {
  sim.post(
    '/corporate-actions',
    {
      schema: {
        summary: 'Announce a corporate action',
        tags: ['Corporate actions'],
        body: CreateCorporateActionBody,
        response: { 200: z.union([AnnouncementBody, NamedOnly]) },
      },
    },
    async ({ body }) => {
      const action = await createAction(ctx, readAction(body))
      if (action.type !== 'name_change') return presentAnnouncement(action)
      return { id: action.id, corporate_action_id: action.publicId }
    },
  )
}

function readAction(body: CreateCorporateActionBody): NewAction {
  const dayOf = (text: string | undefined) => (text === undefined ? undefined : Temporal.PlainDate.from(text))
  return {
    type: body.type,
    symbol: body.symbol,
    targetSymbol: body.target_symbol,
    exOn: Temporal.PlainDate.from(body.ex_date),
    recordOn: dayOf(body.record_date),
    payableOn: dayOf(body.payable_date),
    cashMicro: readDecimal('cash', body.cash),
    oldRateMicro: readDecimal('old_rate', body.old_rate),
    newRateMicro: readDecimal('new_rate', body.new_rate),
  }
}

function readDecimal(name: string, text: string | undefined): PriceMicro | undefined {
  if (text === undefined) return undefined
  const micro = parsePrice(text)
  if (micro === undefined) throw new WireRefused(422, 40010001, `${name} must have at most 6 decimals`)
  return micro
}
