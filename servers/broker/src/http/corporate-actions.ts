import {
  AnnouncementBody,
  AnnouncementPath,
  AnnouncementsQuery,
  CorporateActionsBody,
  CorporateActionsQuery,
} from '@paddock/broker-wire'
import { newYorkDate } from '@paddock/calendar'
import { z } from 'zod'
import { findAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { kindOf } from '../corporate-actions/action-kind.ts'
import {
  type ActionDay,
  type CorporateAction,
  CorporateActionRejected,
} from '../corporate-actions/corporate-action.ts'
import { cusipOf } from '../corporate-actions/cusip.ts'
import { findActions, getAction } from '../corporate-actions/find-actions.ts'
import { readDay } from './moment.ts'
import { presentAnnouncement, presentGroups } from './present-corporate-action.ts'
import type { BrokerRoutes } from './routes.ts'
import { WireRefused } from './wire-error.ts'

const LONGEST_DAYS = 90

const DAYS: Record<AnnouncementsQuery['date_type'], ActionDay> = {
  declaration_date: 'declaredOn',
  ex_date: 'exOn',
  record_date: 'recordOn',
  payable_date: 'payableOn',
}

/** What companies do to their shares, as announced so far (contracts/alpaca/corporate-actions.md). */
export const corporateActionRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/v1/corporate_actions/announcements',
    {
      schema: {
        summary: 'List announcements of corporate actions',
        tags: ['Corporate actions'],
        querystring: AnnouncementsQuery,
        response: { 200: z.array(AnnouncementBody) },
      },
    },
    async ({ query }) => {
      const { since, until } = readRange(query)
      const actions = await findActions(ctx.db, ctx.config, DAYS[query.date_type], since, until)
      return actions
        .filter((action) => isAnnounced(ctx, action) && matches(action, query))
        .map(presentAnnouncement)
    },
  )

  app.get(
    '/v1/corporate_actions/announcements/:id',
    {
      schema: {
        summary: 'Get an announcement of a corporate action',
        tags: ['Corporate actions'],
        params: AnnouncementPath,
        response: { 200: AnnouncementBody },
      },
    },
    async ({ params }) => {
      const action = await getAction(ctx.db, ctx.config, params.id)
      if (!isAnnounced(ctx, action)) throw new CorporateActionRejected('action_not_found')
      return presentAnnouncement(action)
    },
  )
}

/** The same of the data host, grouped by kind. */
export const corporateActionDataRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/v1/corporate-actions',
    {
      schema: {
        summary: 'List corporate actions by kind',
        tags: ['Corporate actions'],
        querystring: CorporateActionsQuery,
        response: { 200: CorporateActionsBody },
      },
    },
    async ({ query }) => {
      const actions = await findForData(ctx, query)
      const ordered = query.sort === 'asc' ? actions : actions.toReversed()
      const start = query.page_token === undefined ? 0 : readPageToken(query.page_token)
      const page = ordered.slice(start, start + query.limit)
      const hasMore = ordered.length > start + query.limit
      return {
        corporate_actions: presentGroups(page),
        next_page_token: hasMore ? pageToken(start + query.limit) : null,
      }
    },
  )
}

function readRange(query: AnnouncementsQuery): { since: Temporal.PlainDate; until: Temporal.PlainDate } {
  if (query.ca_types.length === 0) throw new WireRefused(422, 40010001, 'ca_types is required')
  const [since, until] = [readDay(query.since), readDay(query.until)]
  if (Temporal.PlainDate.compare(since, until) > 0) {
    throw new WireRefused(422, 40010001, 'since must not be after until')
  }
  if (since.until(until).days > LONGEST_DAYS) {
    throw new WireRefused(422, 40010001, `date range is limited to ${LONGEST_DAYS} days`)
  }
  return { since, until }
}

function matches(action: CorporateAction, { ca_types, symbol, cusip }: AnnouncementsQuery): boolean {
  if (!ca_types.some((type) => type === action.type)) return false
  if (symbol !== undefined && action.symbol !== (findAsset(symbol)?.symbol ?? symbol)) return false
  return cusip === undefined || cusipOf(action.symbol) === cusip.toUpperCase()
}

/** What a company has not said yet, nobody knows. */
function isAnnounced({ clock }: BrokerContext, { declaredOn }: CorporateAction): boolean {
  return Temporal.PlainDate.compare(declaredOn, newYorkDate(clock.now())) <= 0
}

const DAYS_AROUND = 5
const LONGEST_DATA_YEARS = 10

/** Without dates: from five days ago to five days ahead. A range of decades is cut to its last years. */
async function findForData(ctx: BrokerContext, query: CorporateActionsQuery): Promise<CorporateAction[]> {
  const today = newYorkDate(ctx.clock.now())
  const end = query.end === undefined ? today.add({ days: DAYS_AROUND }) : clamp(readDay(query.end))
  const wanted =
    query.start === undefined ? today.subtract({ days: DAYS_AROUND }) : clamp(readDay(query.start))
  const earliest = end.subtract({ years: LONGEST_DATA_YEARS })
  const start = Temporal.PlainDate.compare(wanted, earliest) < 0 ? earliest : wanted
  const actions =
    query.ids === undefined
      ? await findActions(ctx.db, ctx.config, 'exOn', start, end)
      : await findByIds(ctx, query.ids)
  return actions.filter(
    (action) =>
      isAnnounced(ctx, action) &&
      (query.symbols === undefined || query.symbols.includes(action.symbol)) &&
      (query.cusips === undefined || query.cusips.includes(cusipOf(action.symbol))) &&
      (query.types === undefined || query.types.includes(kindOf(action))),
  )
}

const FIRST_DAY = new Temporal.PlainDate(1970, 1, 1)
const LAST_DAY = new Temporal.PlainDate(2100, 1, 1)

/** Nothing happens outside of these days, and every database knows them. */
function clamp(date: Temporal.PlainDate): Temporal.PlainDate {
  if (Temporal.PlainDate.compare(date, FIRST_DAY) < 0) return FIRST_DAY
  return Temporal.PlainDate.compare(date, LAST_DAY) > 0 ? LAST_DAY : date
}

const MOST_IDS = 100

async function findByIds(ctx: BrokerContext, ids: readonly string[]): Promise<CorporateAction[]> {
  if (ids.length > MOST_IDS) throw new WireRefused(422, 40010001, `at most ${MOST_IDS} ids are accepted`)
  const found: CorporateAction[] = []
  for (const id of new Set(ids)) {
    const action = await getAction(ctx.db, ctx.config, id).catch((error: unknown) => {
      if (error instanceof CorporateActionRejected) return undefined
      throw error
    })
    if (action !== undefined) found.push(action)
  }
  return found
}

const pageToken = (start: number) => Buffer.from(`ca|${start}`).toString('base64url')

function readPageToken(token: string): number {
  const start = /^ca\|(\d{1,7})$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1]
  if (start === undefined) throw new WireRefused(400, 40010001, 'page_token is invalid')
  return Number(start)
}
