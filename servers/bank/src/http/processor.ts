import {
  ProcessorAccountGetResponse,
  ProcessorAuthGetResponse,
  ProcessorBalanceGetRequest,
  ProcessorBalanceGetResponse,
  ProcessorIdentityGetResponse,
  ProcessorRequest,
  ProcessorTokenCreateRequest,
  ProcessorTokenCreateResponse,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { readBalanceDates, refuseOldBalances } from '../items/balance-dates.ts'
import { createProcessorToken, openProcessorAccount, openProcessorProduct } from '../items/processor.ts'
import { isPayable } from '../personas/draft-account.ts'
import { BankRefused } from '../refusals.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentAccount, presentDatedAccount, presentWithOwners, readOldest } from './present-account.ts'
import { presentNumbers } from './present-numbers.ts'

export function serveProcessor(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/processor/token/create',
    { request: ProcessorTokenCreateRequest, response: ProcessorTokenCreateResponse },
    async ({ access_token, account_id, processor }, { clientId }) => ({
      processor_token: await createProcessorToken(ctx, {
        clientId,
        accessToken: access_token,
        accountId: account_id,
        processor,
      }),
    }),
  )

  operation(
    app,
    ctx,
    '/processor/auth/get',
    { request: ProcessorRequest, response: ProcessorAuthGetResponse },
    async ({ processor_token }, client) => {
      const { account } = await openProcessorAccount(ctx, client, processor_token, 'auth')
      if (!isPayable(account)) throw new BankRefused('no_auth_accounts')
      return { account: presentAccount(account), numbers: presentNumbers(account) }
    },
  )

  operation(
    app,
    ctx,
    '/processor/balance/get',
    { request: ProcessorBalanceGetRequest, response: ProcessorBalanceGetResponse },
    async ({ processor_token, options }, client) => {
      const { account, item } = await openProcessorAccount(ctx, client, processor_token, 'balance')
      const dates = await readBalanceDates(ctx, item, [account])
      refuseOldBalances([account], dates, readOldest(options))
      return { account: presentDatedAccount(account, dates) }
    },
  )

  operation(
    app,
    ctx,
    '/processor/identity/get',
    { request: ProcessorRequest, response: ProcessorIdentityGetResponse },
    async ({ processor_token }, client) => {
      const account = await openProcessorProduct(ctx, client, processor_token, 'identity')
      return { account: presentWithOwners(account) }
    },
  )

  operation(
    app,
    ctx,
    '/processor/account/get',
    { request: ProcessorRequest, response: ProcessorAccountGetResponse },
    async ({ processor_token }, client) => {
      const { account, item } = await openProcessorAccount(ctx, client, processor_token, null)
      return { account: presentAccount(account), institution_id: item.institutionId }
    },
  )
}
