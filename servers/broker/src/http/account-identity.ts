import {
  AccountPath,
  CipAnswer,
  CipBody,
  CountryBody,
  SdkOutcomeAnswer,
  SdkOutcomeBody,
  SdkTokenBody,
  SdkTokenQuery,
} from '@paddock/broker-wire'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { countries } from '../accounts/countries.ts'
import {
  type CustomerIdentification,
  getIdentification,
  saveIdentification,
} from '../accounts/customer-identification.ts'
import { endIdentityCheck, startIdentityCheck } from '../accounts/identity-check.ts'
import { withoutNulls } from './read-application.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Accounts']
const account = '/v1/accounts/:account_id'

/** Who the holder is, by the firm's own check or in the vendor's window (contracts/alpaca/accounts.md §6). */
export const accountIdentityRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.post(
    `${account}/cip`,
    {
      schema: {
        summary: 'Submit the result of an own identity check',
        tags,
        params: AccountPath,
        body: CipBody,
        response: { 200: CipAnswer },
      },
    },
    async ({ params, body }) =>
      presentIdentification(
        await saveIdentification(ctx, params.account_id as AccountId, withoutNulls(body)),
      ),
  )

  app.get(
    `${account}/cip`,
    {
      schema: { summary: 'Get what was submitted', tags, params: AccountPath, response: { 200: CipAnswer } },
    },
    async ({ params }) => presentIdentification(await getIdentification(ctx, params.account_id as AccountId)),
  )

  app.get(
    `${account}/onfido/sdk/tokens`,
    {
      schema: {
        summary: 'Get a token for the identity check',
        tags,
        params: AccountPath,
        querystring: SdkTokenQuery,
        response: { 200: SdkTokenBody },
      },
    },
    async ({ params }, reply) => {
      const token = await startIdentityCheck(ctx, params.account_id as AccountId)
      return reply.header('cache-control', 'no-store').send({ token })
    },
  )

  app.patch(
    `${account}/onfido/sdk`,
    {
      schema: {
        summary: 'Tell how the identity check ended',
        tags,
        params: AccountPath,
        body: SdkOutcomeBody,
        response: { 200: SdkOutcomeAnswer },
      },
    },
    async ({ params, body }) => {
      const { outcome, token, reason } = body
      const accountId = params.account_id as AccountId
      const status = await endIdentityCheck(ctx, accountId, { outcome, token, reason: reason ?? undefined })
      return { account_id: accountId, outcome, status }
    },
  )

  app.get(
    '/v1/country-info',
    { schema: { summary: 'List countries', tags, response: { 200: z.array(CountryBody) } } },
    async () =>
      countries.map(({ code, name, risk }) => ({
        country_code: code,
        name,
        risk_rating: risk,
        is_supported: risk !== 'prohibited',
      })),
  )
}

function presentIdentification({
  id,
  accountId,
  body,
  createdAt,
  updatedAt,
}: CustomerIdentification): CipAnswer {
  return {
    provider_name: [],
    ...body,
    id,
    account_id: accountId,
    created_at: createdAt.toString(),
    updated_at: updatedAt.toString(),
  }
}
