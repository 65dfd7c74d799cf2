import { z } from 'zod'
import { line, listParam, Uuid } from './primitives.ts'

export const AssetClassName = z.enum(['us_equity', 'us_option', 'crypto', 'crypto_perp'])

/** The exchanges that the official Python client knows; another value would fail its whole list. */
export const ExchangeName = z.enum([
  'AMEX',
  'ARCA',
  'ASCX',
  'BATS',
  'NYSE',
  'NASDAQ',
  'NYSEARCA',
  'FTXU',
  'CBSE',
  'GNSS',
  'ERSX',
  'OTC',
  'CRYPTO',
])

/** An asset as it is answered; the booleans are all required by the vendor's client. */
export const AssetBody = z.object({
  id: Uuid,
  class: AssetClassName,
  exchange: ExchangeName,
  symbol: z.string(),
  name: z.string(),
  status: z.enum(['active', 'inactive']),
  tradable: z.boolean(),
  marginable: z.boolean(),
  shortable: z.boolean(),
  easy_to_borrow: z.boolean(),
  fractionable: z.boolean(),
  maintenance_margin_requirement: z.number().nullish(),
  margin_requirement_long: z.string().nullish(),
  margin_requirement_short: z.string().nullish(),
  attributes: z.array(z.string()).nullish(),
  /** Crypto only. */
  min_order_size: z.string().nullish(),
  min_trade_increment: z.string().nullish(),
  price_increment: z.string().nullish(),
})
export type AssetBody = z.infer<typeof AssetBody>

/** The share of an order's value that must be there when it is placed, in percent. */
export const EntryRequirementBody = z.object({
  symbol: z.string(),
  regt_long: z.string(),
  regt_short: z.string(),
})
export type EntryRequirementBody = z.infer<typeof EntryRequirementBody>

export const ListAssetsQuery = z.object({
  status: z.enum(['active', 'inactive', 'all']).default('all'),
  asset_class: AssetClassName.default('us_equity'),
  attributes: listParam(line(50)).optional(),
  exchange: ExchangeName.optional(),
})
export type ListAssetsQuery = z.infer<typeof ListAssetsQuery>
