import { z } from 'zod'
import { AssetClassName, ExchangeName } from './assets.ts'
import { PositionBody } from './positions.ts'
import { line, MomentParam, Uuid } from './primitives.ts'

/** Which page of a report of the end of a day; accounts or rows a page. */
const page = {
  /** The last trading day is the only one there is. */
  asof: MomentParam.optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
  page_token: line(200).optional(),
}

export const EodPositionsQuery = z.object({
  ...page,
  account_id: Uuid.optional(),
  /** Symbol or id. */
  asset: line(50).optional(),
})
export type EodPositionsQuery = z.infer<typeof EodPositionsQuery>

const paged = { asof: z.string(), next_page_token: z.string().nullable() }

export const EodPositionsBody = z.object({
  ...paged,
  positions: z.record(z.string(), z.array(PositionBody)),
})
export type EodPositionsBody = z.infer<typeof EodPositionsBody>

export const EodAggregateQuery = z.object({ ...page, asset: line(50).optional() })

/** What all customers have of one asset together. */
export const AggregatePositionBody = z.object({
  asset_id: Uuid,
  symbol: z.string(),
  exchange: ExchangeName,
  asset_class: AssetClassName,
  num_accounts: z.number().int(),
  long_qty: z.string(),
  long_market_value: z.string(),
  short_qty: z.string(),
  short_market_value: z.string(),
  cost_basis: z.string(),
  closing_price: z.string(),
})
export type AggregatePositionBody = z.infer<typeof AggregatePositionBody>

export const EodAggregateBody = z.object({ ...paged, positions: z.array(AggregatePositionBody) })

export const CashInterestQuery = z.object({ ...page, account_id: Uuid.optional() })

/** No account earns interest here: the balances are real, the interest is none. */
export const CashInterestBody = z.object({
  ...paged,
  cash_interest: z.array(
    z.object({
      account_id: Uuid,
      account_number: z.string(),
      currency: z.string(),
      cash: z.string(),
      apr: z.string(),
      accrued_interest: z.string(),
    }),
  ),
})
export type CashInterestBody = z.infer<typeof CashInterestBody>
