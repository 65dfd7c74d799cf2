import {
  AccountBody,
  AccountPath,
  CreateAccountBody,
  ListAccountsQuery,
  UpdateAccountBody,
} from '@paddock/broker-wire'
import { trimmedUsd } from '@paddock/money'
import { z } from 'zod'
import type { Account, AccountId } from '../accounts/account.ts'
import { type AccountFilter, getAccount, listAccounts } from '../accounts/account-store.ts'
import { closeAccount } from '../accounts/close-account.ts'
import { createAccount } from '../accounts/create-account.ts'
import { readLastEquities } from '../accounts/equity.ts'
import { updateAccount } from '../accounts/update-account.ts'
import type { BrokerContext } from '../context.ts'
import { checkEdit, refuseEmptyEdit } from './check-edit.ts'
import { readMoment } from './moment.ts'
import { presentAccount } from './present-account.ts'
import { readApplication, readEdit } from './read-application.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Accounts']
const one = '/v1/accounts/:account_id'

export const accountRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.post(
    '/v1/accounts',
    { schema: { summary: 'Open an account', tags, body: CreateAccountBody, response: { 200: AccountBody } } },
    async ({ body }) => {
      const account = await createAccount(ctx, await readApplication(body))
      return presentAccount(account, undefined, '0')
    },
  )

  app.get(
    '/v1/accounts',
    {
      schema: {
        summary: 'List accounts',
        tags,
        querystring: ListAccountsQuery,
        response: { 200: z.array(AccountBody) },
      },
    },
    async ({ query }) => {
      const accounts = await listAccounts(ctx.db, readFilter(query))
      const ids = accounts.map(({ id }) => id)
      const equities = await readLastEquities(ctx, ctx.db, ids)
      return accounts.map((account) =>
        presentAccount(account, query.entities, trimmedUsd(equities.get(account.id) ?? 0n)),
      )
    },
  )

  app.get(
    one,
    { schema: { summary: 'Get an account', tags, params: AccountPath, response: { 200: AccountBody } } },
    async ({ params }) => presentOne(ctx, await getAccount(ctx.db, params.account_id as AccountId)),
  )

  app.patch(
    one,
    {
      schema: {
        summary: 'Change an account',
        tags,
        params: AccountPath,
        body: UpdateAccountBody,
        response: { 200: AccountBody },
      },
    },
    async ({ params, body }) => {
      refuseEmptyEdit(body)
      const accountId = params.account_id as AccountId
      const check = (account: Account, parts: Account['parts']) => checkEdit(account, parts, body)
      return presentOne(ctx, await updateAccount(ctx, accountId, readEdit(body), check))
    },
  )

  const closed = { 204: z.undefined().describe('The account is closed') }

  app.post(
    `${one}/actions/close`,
    { schema: { summary: 'Close an account', tags, params: AccountPath, response: closed } },
    async ({ params }, reply) => {
      await closeAccount(ctx, params.account_id as AccountId)
      return reply.code(204).send()
    },
  )

  app.delete(
    one,
    { schema: { summary: 'Close an account (older path)', tags, params: AccountPath, response: closed } },
    async ({ params }, reply) => {
      await closeAccount(ctx, params.account_id as AccountId)
      return reply.code(204).send()
    },
  )
}

async function presentOne(ctx: BrokerContext, account: Account): Promise<AccountBody> {
  const equities = await readLastEquities(ctx, ctx.db, [account.id])
  return presentAccount(account, undefined, trimmedUsd(equities.get(account.id) ?? 0n))
}

function readFilter(query: ListAccountsQuery): AccountFilter {
  return {
    words: (query.query ?? '').split(/\s+/).filter(Boolean).slice(0, 10),
    createdAfter: query.created_after === undefined ? undefined : readMoment(query.created_after),
    createdBefore: query.created_before === undefined ? undefined : readMoment(query.created_before),
    statuses: query.status ?? [],
    sort: query.sort ?? 'desc',
  }
}
