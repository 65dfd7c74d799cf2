import { z } from 'zod'
import { EventsQuery } from './events.ts'

/** The vendor's words for what an event of a corporate action is about; ours are the ones with a shape below. */
export const corporateActionEventTypes = [
  'capital_gains_distribution_corporateaction_event',
  'cash_dividend_corporateaction_event',
  'cash_merger_corporateaction_event',
  'equity_partial_call_corporateaction_event',
  'forward_split_corporateaction_event',
  'name_change_corporateaction_event',
  'redemption_corporateaction_event',
  'reorganization_corporateaction_event',
  'reverse_split_corporateaction_event',
  'rights_distribution_corporateaction_event',
  'spin_off_corporateaction_event',
  'stock_and_cash_merger_corporateaction_event',
  'stock_dividend_corporateaction_event',
  'stock_merger_corporateaction_event',
  'unit_split_corporateaction_event',
  'worthless_removal_corporateaction_event',
] as const

export const corporateActionRegions = ['all', 'us', 'non_us'] as const

/** Checked by the stream itself, which names the values it knows. */
export const CorporateActionEventsQuery = EventsQuery.omit({
  id: true,
  group_id: true,
  include_preprocessing: true,
}).extend({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  region: z.string().optional(),
})

export type CorporateActionEventsQuery = z.infer<typeof CorporateActionEventsQuery>

/** On every action, whatever it is. Rates are text here; what an action has not is absent. */
const common = { id: z.string(), process_date: z.string(), currency: z.string().optional() }
const rates = { old_rate: z.string(), new_rate: z.string() }
const days = {
  ex_date: z.string(),
  record_date: z.string().optional(),
  payable_date: z.string().optional(),
}
const companies = {
  acquirer_symbol: z.string().optional(),
  acquirer_cusip: z.string().optional(),
  acquiree_symbol: z.string(),
  acquiree_cusip: z.string(),
  effective_date: z.string(),
  payable_date: z.string().optional(),
}

const eventOf = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({
    event_id: z.string(),
    at: z.string(),
    action: z.enum(['insert', 'update', 'delete']),
    region: z.enum(['us', 'non_us']),
    event_type: z.literal(`${kind}_corporateaction_event`),
    ca: z.object({ ...common, ...shape }),
  })

/** What a company announced, changed or took back, on `GET /v1beta1/events/corporate-actions`. */
export const CorporateActionEvent = z.discriminatedUnion('event_type', [
  eventOf('cash_dividend', {
    symbol: z.string(),
    cusip: z.string(),
    rate: z.string(),
    special: z.boolean(),
    foreign: z.boolean(),
    ...days,
  }),
  eventOf('forward_split', { symbol: z.string(), cusip: z.string(), ...rates, ...days }),
  eventOf('reverse_split', {
    symbol: z.string(),
    old_cusip: z.string(),
    new_cusip: z.string(),
    ...rates,
    ...days,
  }),
  eventOf('cash_merger', { ...companies, rate: z.string() }),
  eventOf('stock_merger', { ...companies, acquirer_rate: z.string(), acquiree_rate: z.string() }),
  eventOf('spin_off', {
    source_symbol: z.string(),
    source_cusip: z.string(),
    source_rate: z.string(),
    new_symbol: z.string(),
    new_cusip: z.string(),
    new_rate: z.string(),
    ...days,
  }),
  eventOf('name_change', {
    old_symbol: z.string(),
    old_cusip: z.string(),
    new_symbol: z.string(),
    new_cusip: z.string(),
  }),
])

export type CorporateActionEvent = z.infer<typeof CorporateActionEvent>
