import {
  AccountLimitsQuery,
  CreateInstantFundingBody,
  InstantFundingAccountLimitBody,
  InstantFundingBody,
  InstantFundingLimitBody,
  InstantFundingPath,
  InstantFundingReportBody,
  InstantFundingReportQuery,
  ListInstantFundingQuery,
} from '@paddock/broker-wire'
import { z } from 'zod'
import { cancelInstantFunding } from '../instant-funding/end-instant-funding.ts'
import { type InstantFundingId, InstantFundingRejected } from '../instant-funding/instant-funding.ts'
import { findInstantFunding, listInstantFundings } from '../instant-funding/instant-funding-store.ts'
import { readAccountLimits, readFirmLimit } from '../instant-funding/limits.ts'
import { reportBatch } from '../instant-funding/report.ts'
import { requestInstantFunding } from '../instant-funding/request-instant-funding.ts'
import { readDay } from './moment.ts'
import { presentInstantFunding, presentLimit, presentReport } from './present-instant-funding.ts'
import { readAmount, readIdempotencyKey } from './read-funding.ts'
import type { BrokerRoutes } from './routes.ts'

const path = '/v1/instant_funding'
const tags = ['Funding']

export const instantFundingRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.post(
    path,
    {
      schema: {
        summary: 'Request an instant funding',
        tags,
        body: CreateInstantFundingBody,
        response: { 200: InstantFundingBody },
      },
    },
    async ({ body, headers }) => {
      const request = {
        accountNumber: body.account_no,
        sourceAccountNumber: body.source_account_no,
        amountMinor: readAmount(body.amount),
        idempotencyKey: readIdempotencyKey(headers['idempotency-key']),
      }
      return (await requestInstantFunding(ctx, request, presentInstantFunding)) as InstantFundingBody
    },
  )

  app.get(
    path,
    {
      schema: {
        summary: 'List instant fundings',
        tags,
        querystring: ListInstantFundingQuery,
        response: { 200: z.array(InstantFundingBody) },
      },
    },
    async ({ query }) => {
      const order = query.sort_order === 'ASC' ? 'asc' : 'desc'
      return (await listInstantFundings(ctx.db, { order })).map(presentInstantFunding)
    },
  )

  app.get(
    `${path}/:id`,
    {
      schema: {
        summary: 'Get an instant funding',
        tags,
        params: InstantFundingPath,
        response: { 200: InstantFundingBody },
      },
    },
    async ({ params }) => {
      const funding = await findInstantFunding(ctx.db, params.id as InstantFundingId)
      if (funding === undefined) throw new InstantFundingRejected('instant_funding_not_found')
      return presentInstantFunding(funding)
    },
  )

  app.delete(
    `${path}/:id`,
    {
      schema: {
        summary: 'Cancel an instant funding',
        tags,
        params: InstantFundingPath,
        response: { 200: InstantFundingBody },
      },
    },
    async ({ params }) =>
      presentInstantFunding(await cancelInstantFunding(ctx, params.id as InstantFundingId)),
  )
}

/** What may be advanced, and what was. */
export const instantFundingFigureRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    `${path}/limits`,
    {
      schema: {
        summary: 'Get the instant funding limit',
        tags,
        response: { 200: InstantFundingLimitBody },
      },
    },
    async () => presentLimit(await readFirmLimit(ctx.db)),
  )

  app.get(
    `${path}/limits/accounts`,
    {
      schema: {
        summary: 'List instant funding limits of accounts',
        tags,
        querystring: AccountLimitsQuery,
        response: { 200: z.array(InstantFundingAccountLimitBody) },
      },
    },
    async ({ query }) => {
      const limits = await readAccountLimits(ctx.db, query.account_numbers)
      return limits.map(({ accountNumber, ...use }) => ({ account_no: accountNumber, ...presentLimit(use) }))
    },
  )

  app.get(
    `${path}/reports`,
    {
      schema: {
        summary: 'Get an instant funding report',
        tags,
        querystring: InstantFundingReportQuery,
        response: { 200: InstantFundingReportBody },
      },
    },
    async ({ query }) => {
      const { report_type: type = 'summary', system_date: day } = query
      const asked = day === undefined ? undefined : readDay(day)
      return presentReport(await reportBatch(ctx.db, ctx.clock.now(), asked), type)
    },
  )
}
