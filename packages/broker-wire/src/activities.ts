import { z } from 'zod'
import { OrderStatus } from './orders.ts'
import { listParam, MomentParam, Uuid } from './primitives.ts'

/** The types that the vendor's client can read (contracts/alpaca/activities.md §2). */
export const activityTypeNames = [
  'FILL',
  'ACATC',
  'ACATS',
  'CFEE',
  'CIL',
  'CSD',
  'CSW',
  'DIV',
  'DIVCGL',
  'DIVCGS',
  'DIVNRA',
  'DIVROC',
  'DIVTXEX',
  'DIVWH',
  'EXTRD',
  'FEE',
  'FXTRD',
  'INT',
  'INTPNL',
  'JNLC',
  'JNLS',
  'MA',
  'MEM',
  'NC',
  'OCT',
  'OPASN',
  'OPCSH',
  'OPEXC',
  'OPEXP',
  'OPTRD',
  'PTC',
  'REORG',
  'SPIN',
  'SPLIT',
  'SWP',
  'VOF',
  'WH',
] as const

export const ActivityTypeName = z.enum(activityTypeNames)
export type ActivityTypeName = z.infer<typeof ActivityTypeName>

const NonTradeTypeName = ActivityTypeName.exclude(['FILL'])

/** Types are known in any case; an unknown one is refused, and an empty list means all of them. */
const TypeParam = z.string().toUpperCase().pipe(ActivityTypeName)

export const ActivityTypePath = z.object({ activity_type: z.string() })

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.number().min(1, 'must be at least 1'))

/** How to find activities of one type; `date` goes with neither `after` nor `until`. */
export const ListActivitiesOfTypeQuery = z.object({
  account_id: Uuid.optional(),
  order_id: Uuid.optional(),
  date: MomentParam.optional(),
  after: MomentParam.optional(),
  until: MomentParam.optional(),
  direction: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['asc', 'desc']))
    .default('desc'),
  page_size: wholeNumber.optional(),
  page_token: z.string().max(100).optional(),
})
export type ListActivitiesOfTypeQuery = z.infer<typeof ListActivitiesOfTypeQuery>

export const ListActivitiesQuery = ListActivitiesOfTypeQuery.extend({
  activity_types: listParam(TypeParam).optional(),
  category: z.enum(['trade_activity', 'non_trade_activity']).optional(),
})
export type ListActivitiesQuery = z.infer<typeof ListActivitiesQuery>

const Text = z.string().optional()

/** An execution. */
export const TradeActivityBody = z.object({
  id: z.string(),
  account_id: Uuid,
  activity_type: z.literal('FILL'),
  transaction_time: z.string(),
  type: z.enum(['fill', 'partial_fill']),
  price: z.string(),
  qty: z.string(),
  side: z.enum(['buy', 'sell']),
  symbol: z.string(),
  leaves_qty: z.string(),
  order_id: Uuid,
  cum_qty: z.string(),
  order_status: OrderStatus,
})
export type TradeActivityBody = z.infer<typeof TradeActivityBody>

/** Any other line of a statement: what it has not is left out. */
export const NonTradeActivityBody = z.object({
  id: z.string(),
  account_id: Uuid,
  activity_type: NonTradeTypeName,
  activity_sub_type: Text,
  date: z.string(),
  net_amount: z.string(),
  description: z.string(),
  status: z.enum(['executed', 'correct', 'canceled']),
  symbol: Text,
  qty: Text,
  price: Text,
  per_share_amount: Text,
  group_id: Uuid.optional(),
  currency: Text,
  created_at: Text,
})
export type NonTradeActivityBody = z.infer<typeof NonTradeActivityBody>

export const ActivityBody = z.union([TradeActivityBody, NonTradeActivityBody])
export type ActivityBody = z.infer<typeof ActivityBody>
