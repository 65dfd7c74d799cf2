import { z } from 'zod'
import { DecimalInput } from './decimal.ts'
import { filledLine, line, listParam, MomentParam, PlainDate, Uuid } from './primitives.ts'

export const CorporateActionTypeName = z.enum(['dividend', 'merger', 'spinoff', 'split'])

/** All three numbers are always there: the vendor's client cannot read an announcement without them. */
export const AnnouncementBody = z.object({
  id: Uuid,
  corporate_action_id: z.string(),
  ca_type: CorporateActionTypeName,
  ca_sub_type: z.enum([
    'cash',
    'stock',
    'merger_update',
    'merger_completion',
    'stock_split',
    'unit_split',
    'reverse_split',
    'recapitalization',
    'spinoff',
  ]),
  initiating_symbol: z.string(),
  initiating_original_cusip: z.string(),
  target_symbol: z.string().nullish(),
  target_original_cusip: z.string().nullish(),
  declaration_date: z.string().nullish(),
  ex_date: z.string().nullish(),
  record_date: z.string().nullish(),
  payable_date: z.string().nullish(),
  cash: z.string(),
  old_rate: z.string(),
  new_rate: z.string(),
})
export type AnnouncementBody = z.infer<typeof AnnouncementBody>

export const AnnouncementsQuery = z.object({
  ca_types: listParam(CorporateActionTypeName),
  since: MomentParam,
  until: MomentParam,
  symbol: line(50).optional(),
  cusip: line(50).optional(),
  date_type: z.enum(['declaration_date', 'ex_date', 'record_date', 'payable_date']).default('ex_date'),
})
export type AnnouncementsQuery = z.infer<typeof AnnouncementsQuery>

export const AnnouncementPath = z.object({ id: Uuid })

/** The kinds of the data host: one list for each. */
export const CorporateActionKind = z.enum([
  'reverse_split',
  'forward_split',
  'unit_split',
  'cash_dividend',
  'stock_dividend',
  'spin_off',
  'cash_merger',
  'stock_merger',
  'stock_and_cash_merger',
  'redemption',
  'name_change',
  'worthless_removal',
  'rights_distribution',
])

export const CorporateActionsQuery = z.object({
  symbols: listParam(line(50)).optional(),
  cusips: listParam(line(50)).optional(),
  types: listParam(CorporateActionKind).optional(),
  ids: listParam(Uuid).optional(),
  start: MomentParam.optional(),
  end: MomentParam.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  page_token: line(200).optional(),
  sort: z.enum(['asc', 'desc']).default('asc'),
})
export type CorporateActionsQuery = z.infer<typeof CorporateActionsQuery>

const named = { id: Uuid, symbol: z.string(), cusip: z.string() }
const days = {
  process_date: z.string(),
  ex_date: z.string(),
  record_date: z.string(),
  payable_date: z.string(),
}
const rates = { old_rate: z.number(), new_rate: z.number() }

/** Rates are JSON numbers here, like everything of the data host. */
export const CorporateActionsBody = z.object({
  corporate_actions: z.object({
    cash_dividends: z
      .array(z.object({ ...named, ...days, rate: z.number(), special: z.boolean(), foreign: z.boolean() }))
      .optional(),
    forward_splits: z.array(z.object({ ...named, ...days, ...rates })).optional(),
    reverse_splits: z
      .array(
        z.object({
          id: Uuid,
          symbol: z.string(),
          old_cusip: z.string(),
          new_cusip: z.string(),
          ...days,
          ...rates,
        }),
      )
      .optional(),
    spin_offs: z
      .array(
        z.object({
          id: Uuid,
          source_symbol: z.string(),
          source_cusip: z.string(),
          source_rate: z.number(),
          new_symbol: z.string(),
          new_cusip: z.string(),
          new_rate: z.number(),
          ...days,
        }),
      )
      .optional(),
    cash_mergers: z
      .array(
        z.object({
          id: Uuid,
          acquirer_symbol: z.string(),
          acquiree_symbol: z.string(),
          acquiree_cusip: z.string(),
          rate: z.number(),
          process_date: z.string(),
          effective_date: z.string(),
          payable_date: z.string(),
        }),
      )
      .optional(),
    stock_mergers: z
      .array(
        z.object({
          id: Uuid,
          acquirer_symbol: z.string(),
          acquirer_cusip: z.string(),
          acquirer_rate: z.number(),
          acquiree_symbol: z.string(),
          acquiree_cusip: z.string(),
          acquiree_rate: z.number(),
          process_date: z.string(),
          effective_date: z.string(),
          payable_date: z.string(),
        }),
      )
      .optional(),
    name_changes: z
      .array(
        z.object({
          id: Uuid,
          old_symbol: z.string(),
          old_cusip: z.string(),
          new_symbol: z.string(),
          new_cusip: z.string(),
          process_date: z.string(),
        }),
      )
      .optional(),
  }),
  next_page_token: z.string().nullable(),
})
export type CorporateActionsBody = z.infer<typeof CorporateActionsBody>

/** Our own door for tests and demonstrations: an action that the calendar does not have. */
export const CreateCorporateActionBody = z.object({
  type: z.enum(['dividend', 'split', 'merger', 'spinoff', 'name_change']),
  symbol: line(50),
  target_symbol: filledLine(50).optional(),
  ex_date: PlainDate,
  record_date: PlainDate.optional(),
  payable_date: PlainDate.optional(),
  cash: DecimalInput.optional(),
  old_rate: DecimalInput.optional(),
  new_rate: DecimalInput.optional(),
})
export type CreateCorporateActionBody = z.infer<typeof CreateCorporateActionBody>
