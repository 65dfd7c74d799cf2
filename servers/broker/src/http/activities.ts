import {
  ActivityBody,
  ActivityTypeName,
  ActivityTypePath,
  ListActivitiesOfTypeQuery,
  ListActivitiesQuery,
} from '@paddock/broker-wire'
import { newYorkInstant } from '@paddock/calendar'
import { formatPrice, formatQuantity, trimmedUsd } from '@paddock/money'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import { type Activity, toldQuantity } from '../activities/activity.ts'
import { activityIdOf, requirePlace } from '../activities/activity-id.ts'
import { type ActivityFilter, listActivities } from '../activities/activity-store.ts'
import type { BrokerContext } from '../context.ts'
import { readDay, readMoment } from './moment.ts'
import type { BrokerRoutes } from './routes.ts'
import { WireRefused } from './wire-error.ts'

const MAX_PAGE = 100

/** Nobody limits the page of a day; this only keeps an answer from filling the memory. */
const MAX_DAY_PAGE = 10_000

const MIDNIGHT = new Temporal.PlainTime()

/** The lines of all accounts' statements (contracts/alpaca/activities.md). */
export const activityRoutes: BrokerRoutes = async (app, { ctx }) => {
  const response = { 200: z.array(ActivityBody) }

  app.get(
    '/v1/accounts/activities',
    {
      schema: {
        summary: 'List activities',
        tags: ['Activities'],
        querystring: ListActivitiesQuery,
        response,
      },
    },
    async ({ query }) => {
      const types = query.activity_types?.length === 0 ? undefined : query.activity_types
      if (types !== undefined && query.category !== undefined) {
        throw refuse('activity_types and category cannot be used together')
      }
      return answerPage(ctx, query, { types, category: query.category })
    },
  )

  app.get(
    '/v1/accounts/activities/:activity_type',
    {
      schema: {
        summary: 'List activities of one type',
        tags: ['Activities'],
        params: ActivityTypePath,
        querystring: ListActivitiesOfTypeQuery,
        response,
      },
    },
    async ({ params, query }) => {
      const type = ActivityTypeName.safeParse(params.activity_type.toUpperCase())
      if (!type.success) throw refuse(`activity_type: ${params.activity_type.slice(0, 40)} is not known`)
      return answerPage(ctx, query, { types: [type.data] })
    },
  )
}

async function answerPage(
  { db }: BrokerContext,
  query: ListActivitiesOfTypeQuery,
  which: Pick<ActivityFilter, 'types' | 'category'>,
): Promise<ActivityBody[]> {
  const limit = readLimit(query)
  const span = readSpan(query)
  const accountId = query.account_id as AccountId | undefined
  if (accountId !== undefined) await requireAccount(db, accountId)
  const beyond = query.page_token === undefined ? undefined : await requirePlace(db, query.page_token)
  const filter = { ...which, ...span, accountId, orderId: query.order_id }
  const activities = await listActivities(db, filter, { direction: query.direction, limit, beyond })
  return activities.map(presentActivity)
}

function readLimit({ date, page_size: asked }: ListActivitiesOfTypeQuery): number {
  if (date !== undefined) return Math.min(asked ?? MAX_DAY_PAGE, MAX_DAY_PAGE)
  if (asked !== undefined && asked > MAX_PAGE) throw refuse(`page_size: must be at most ${MAX_PAGE}`)
  return asked ?? MAX_PAGE
}

/** Which stretch of world time is meant; a day is one of New York. */
function readSpan({ date, after, until }: ListActivitiesOfTypeQuery) {
  if (date === undefined) {
    return {
      after: after === undefined ? undefined : readMoment(after),
      until: until === undefined ? undefined : readMoment(until),
    }
  }
  if (after !== undefined || until !== undefined) throw refuse('date cannot be used with after or until')
  const day = readDay(date)
  const isLast = day.year >= 9999
  return {
    from: newYorkInstant(day, MIDNIGHT),
    until: isLast ? undefined : newYorkInstant(day.add({ days: 1 }), MIDNIGHT),
  }
}

const refuse = (message: string) => new WireRefused(422, 40010001, message)

export function presentActivity(activity: Activity): ActivityBody {
  return activity.type === 'FILL' ? presentTrade(activity) : presentOther(activity)
}

/** What an execution's line keeps beside its columns is already in wire form. */
function presentTrade(activity: Activity): ActivityBody {
  const { accountId, at, symbol = '', quantityNano = 0n, priceMicro = 0n, orderId = '', details } = activity
  const qty = formatQuantity(quantityNano < 0n ? -quantityNano : quantityNano)
  const text = (key: string, otherwise: string) => (details[key] as string | undefined) ?? otherwise
  return {
    id: activityIdOf(activity),
    account_id: accountId,
    activity_type: 'FILL',
    transaction_time: at.toString(),
    type: text('type', 'fill') === 'partial_fill' ? 'partial_fill' : 'fill',
    price: formatPrice(priceMicro),
    qty,
    side: quantityNano < 0n ? 'sell' : 'buy',
    symbol,
    leaves_qty: text('leaves_qty', '0'),
    order_id: orderId,
    cum_qty: text('cum_qty', qty),
    order_status: text('order_status', 'filled') as 'filled',
  }
}

function presentOther(activity: Activity): ActivityBody {
  const { accountId, at, type, subType, symbol, priceMicro, perShareMicro, groupId } = activity
  const qty = toldQuantity(activity)
  return {
    id: activityIdOf(activity),
    account_id: accountId,
    activity_type: type as Exclude<Activity['type'], 'FILL'>,
    ...(subType !== undefined && { activity_sub_type: subType }),
    date: activity.settlesOn.toString(),
    net_amount: trimmedUsd(activity.netAmountMinor),
    description: activity.description,
    status: activity.status,
    ...(symbol !== undefined && { symbol }),
    ...(qty !== undefined && { qty }),
    ...(priceMicro !== undefined && { price: formatPrice(priceMicro) }),
    ...(perShareMicro !== undefined && { per_share_amount: formatPrice(perShareMicro) }),
    ...(groupId !== undefined && { group_id: groupId }),
    currency: 'USD',
    created_at: at.toString(),
  }
}
