import {
  AccountsBalanceGetRequest,
  AccountsGetRequest,
  AccountsGetResponse,
  AuthGetRequest,
  AuthGetResponse,
  IdentityGetRequest,
  IdentityGetResponse,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { readBalanceDates, refuseOldBalances } from '../items/balance-dates.ts'
import { openAccounts } from '../items/open-item.ts'
import { isPayable } from '../personas/draft-account.ts'
import { refuseUnverified } from '../verification/verification-status.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentAccount, presentDatedAccount, presentWithOwners, readOldest } from './present-account.ts'
import { presentItem } from './present-item.ts'
import { presentNumberLists } from './present-numbers.ts'

export function serveAccounts(app: HttpApp, ctx: BankContext): void {
  const open = (
    body: { access_token: string; options?: { account_ids?: string[] | undefined } | undefined },
    clientId: string,
    product?: string,
  ) => {
    const accountIds = body.options?.account_ids
    const request = { clientId, accessToken: body.access_token, accountIds }
    return openAccounts(ctx, product === undefined ? request : { ...request, product })
  }

  operation(
    app,
    ctx,
    '/accounts/get',
    { request: AccountsGetRequest, response: AccountsGetResponse },
    async (body, { clientId }) => {
      const { accounts, item } = await open(body, clientId)
      const dates = await readBalanceDates(ctx, item, accounts)
      return {
        accounts: accounts.map((account) => presentDatedAccount(account, dates)),
        item: presentItem(item),
      }
    },
  )

  // The simulated bank always answers at once, so that cached and fresh balances are the same.
  operation(
    app,
    ctx,
    '/accounts/balance/get',
    { request: AccountsBalanceGetRequest, response: AccountsGetResponse },
    async (body, { clientId }) => {
      const { accounts, item } = await open(body, clientId)
      const dates = await readBalanceDates(ctx, item, accounts)
      refuseOldBalances(accounts, dates, readOldest(body.options))
      return {
        accounts: accounts.map((account) => presentDatedAccount(account, dates)),
        item: presentItem(item),
      }
    },
  )

  operation(
    app,
    ctx,
    '/auth/get',
    { request: AuthGetRequest, response: AuthGetResponse },
    async (body, { clientId }) => {
      const { accounts, item } = await open(body, clientId, 'auth')
      const payable = accounts.filter(isPayable)
      refuseUnverified(payable)
      return {
        accounts: payable.map(presentAccount),
        numbers: presentNumberLists(payable),
        item: presentItem(item),
      }
    },
  )

  operation(
    app,
    ctx,
    '/identity/get',
    { request: IdentityGetRequest, response: IdentityGetResponse },
    async (body, { clientId }) => {
      const { accounts, item } = await open(body, clientId, 'identity')
      return { accounts: accounts.map(presentWithOwners), item: presentItem(item) }
    },
  )
}
