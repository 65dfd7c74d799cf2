import { DecimalInput, OrderBody, Uuid } from '@paddock/broker-wire'
import { formatPrice, formatQuantity, type PriceMicro, parsePrice, parseQuantity } from '@paddock/money'
import type { HttpServer } from '@paddock/service'
import { z } from 'zod'
import { type Asset, findAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { quoteOf } from '../market/market.ts'
import { refreshRules } from '../market/rule-store.ts'
import { setRules } from '../market/set-rules.ts'
import { type FillMode, latestRules } from '../market/symbol-rules.ts'
import type { Order, OrderId } from '../orders/order.ts'
import { presentOrder } from '../orders/present-order.ts'
import {
  acknowledge,
  fillNow,
  fillPartNow,
  refuse,
  rejectNow,
  setOrderStatus,
  waitStatuses,
} from '../sim/steer-order.ts'
import { WireRefused } from './wire-error.ts'

const fillModes = ['normal', 'never', 'reject', 'partial', 'later'] as const satisfies FillMode['kind'][]

const CHEAPEST_MICRO = 200n
const DEAREST_MICRO = 10_000_000_000_000n

const RulesBody = z
  .strictObject({
    price: DecimalInput.optional(),
    halted: z.boolean().optional(),
    fill_mode: z.enum(fillModes).optional(),
    /** Shares of each order, with `partial` only. */
    partial_qty: DecimalInput.optional(),
    volatility_percent: z.number().int().min(0).max(250).optional(),
    drift_ppm_per_day: z.number().int().min(-500_000).max(500_000).optional(),
    spread_percent: z.number().int().min(1).max(10_000).optional(),
  })
  .refine(
    (body) => (body.fill_mode === 'partial') === (body.partial_qty !== undefined),
    'partial_qty is required with fill_mode partial, and allowed with nothing else',
  )

const RulesAnswer = z.object({
  symbol: z.string(),
  price: z.string(),
  bid: z.string(),
  ask: z.string(),
  halted: z.boolean(),
  fill_mode: z.enum(fillModes),
  partial_qty: z.string().nullable(),
  volatility_percent: z.number(),
  drift_ppm_per_day: z.number(),
  spread_percent: z.number(),
})

const FillBody = z.strictObject({ qty: DecimalInput.optional(), price: DecimalInput.optional() })
const StatusBody = z.strictObject({ status: z.enum(['new', ...waitStatuses]) })
const SymbolPath = z.object({ symbol: z.string() })
const IdPath = z.object({ id: Uuid })
const tags = ['Simulation']

/** What the market and the venue are made to do. */
export function serveMarketDoors(sim: HttpServer, ctx: BrokerContext): void {
  sim.get(
    '/market/:symbol',
    {
      schema: {
        summary: 'Tell what is set for a symbol',
        tags,
        params: SymbolPath,
        response: { 200: RulesAnswer },
      },
    },
    async ({ params }) => {
      const asset = readAsset(params.symbol)
      await refreshRules(ctx.db, ctx.config)
      return presentRules(ctx, asset)
    },
  )

  sim.post(
    '/market/:symbol',
    {
      schema: {
        summary: 'Set the price of a symbol, halt it, or say how its orders fill',
        tags,
        params: SymbolPath,
        body: RulesBody,
        response: { 200: RulesAnswer },
      },
    },
    async ({ params, body }) => {
      const asset = readAsset(params.symbol)
      await setRules(ctx, asset, {
        priceMicro: readMarketPrice(body.price),
        isHalted: body.halted,
        fillMode: readFillMode(body),
        volatilityPercent: body.volatility_percent,
        driftPpmPerDay: body.drift_ppm_per_day,
        spreadPercent: body.spread_percent,
      })
      return presentRules(ctx, asset)
    },
  )

  serveOrderDoors(sim, ctx)
}

function serveOrderDoors(sim: HttpServer, ctx: BrokerContext): void {
  const answer = { params: IdPath, response: { 200: OrderBody } }
  const fills = [
    { path: 'fill', summary: 'Fill an order now', fill: fillNow },
    { path: 'partial_fill', summary: 'Fill a part of an order now', fill: fillPartNow },
  ]
  for (const { path, summary, fill } of fills) {
    sim.post(
      `/orders/:id/${path}`,
      { schema: { summary, tags, body: FillBody, ...answer } },
      async ({ params, body }) =>
        presentOrder(
          await fill(ctx, params.id as OrderId, {
            quantityNano: readPositive('qty', body.qty, parseQuantity),
            priceMicro: readPositive('price', body.price, parsePrice),
          }),
        ),
    )
  }

  const steps: {
    path: string
    summary: string
    work: (ctx: BrokerContext, id: OrderId) => Promise<Order>
  }[] = [
    { path: 'reject', summary: 'Reject an order as the venue would', work: rejectNow },
    { path: 'acknowledge', summary: 'Say yes to what an order waits for', work: acknowledge },
    { path: 'refuse', summary: 'Say no to what an order waits for', work: refuse },
  ]
  for (const { path, summary, work } of steps) {
    sim.post(`/orders/:id/${path}`, { schema: { summary, tags, ...answer } }, async ({ params }) =>
      presentOrder(await work(ctx, params.id as OrderId)),
    )
  }

  sim.post(
    '/orders/:id/status',
    { schema: { summary: 'Put an order into one of the rare states', tags, body: StatusBody, ...answer } },
    async ({ params, body }) => presentOrder(await setOrderStatus(ctx, params.id as OrderId, body.status)),
  )
}

function presentRules({ config, clock }: BrokerContext, asset: Asset): z.infer<typeof RulesAnswer> {
  const { lastMicro, bidMicro, askMicro } = quoteOf(config, asset, clock.now())
  const rules = latestRules(config, asset.symbol)
  return {
    symbol: asset.symbol,
    price: formatPrice(lastMicro),
    bid: formatPrice(bidMicro),
    ask: formatPrice(askMicro),
    halted: rules.isHalted,
    fill_mode: rules.fillMode.kind,
    partial_qty: rules.fillMode.kind === 'partial' ? formatQuantity(rules.fillMode.quantityNano) : null,
    volatility_percent: rules.volatilityPercent,
    drift_ppm_per_day: rules.driftPpmPerDay,
    spread_percent: rules.spreadPercent,
  }
}

/** A pair may be written without its slash, which a path cannot hold. */
function readAsset(symbol: string): Asset {
  const asset = findAsset(symbol)
  if (asset === undefined) throw new WireRefused(404, 40410000, `asset not found for ${symbol}`)
  return asset
}

function readFillMode(body: z.infer<typeof RulesBody>): FillMode | undefined {
  if (body.fill_mode !== 'partial') return body.fill_mode === undefined ? undefined : { kind: body.fill_mode }
  const quantityNano = readPositive('partial_qty', body.partial_qty, parseQuantity)
  return quantityNano === undefined ? undefined : { kind: 'partial', quantityNano }
}

/** What is dearer or cheaper than anything that trades would leave nothing to trade with. */
function readMarketPrice(text: string | undefined): PriceMicro | undefined {
  const priceMicro = readPositive('price', text, parsePrice)
  if (priceMicro !== undefined && (priceMicro < CHEAPEST_MICRO || priceMicro > DEAREST_MICRO)) {
    throw new WireRefused(422, 40010001, 'price must be from 0.0002 to 10000000')
  }
  return priceMicro
}

function readPositive<Value extends bigint>(
  name: string,
  text: string | undefined,
  parse: (text: string) => Value | undefined,
): Value | undefined {
  if (text === undefined) return undefined
  const value = parse(text)
  if (value === undefined || value <= 0n) {
    throw new WireRefused(422, 40010001, `${name} must be positive, with few enough decimals`)
  }
  return value
}
