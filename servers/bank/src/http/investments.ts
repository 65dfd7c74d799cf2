import {
  InvestmentsAuthGetRequest,
  InvestmentsAuthGetResponse,
  InvestmentsHoldingsGetRequest,
  InvestmentsHoldingsGetResponse,
  InvestmentsRefreshRequest,
  InvestmentsTransactionsGetRequest,
  InvestmentsTransactionsGetResponse,
  ProcessorInvestmentsAuthGetResponse,
  ProcessorInvestmentsHoldingsGetResponse,
  ProcessorInvestmentsTransactionsGetRequest,
  ProcessorInvestmentsTransactionsGetResponse,
  ProcessorRequest,
  RequestIdResponse,
} from '@paddock/bank-wire'
import { newYorkDate } from '@paddock/calendar'
import type { ApiClient, BankContext } from '../context.ts'
import { refuseUnreadTrades } from '../investments/async-trades.ts'
import { refreshInvestments } from '../investments/refresh-investments.ts'
import type { Account } from '../items/item.ts'
import { type OpenedAccounts, openAccounts } from '../items/open-item.ts'
import { openProcessorProduct } from '../items/processor.ts'
import { BankRefused } from '../refusals.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import {
  presentHoldings,
  presentInvestmentAccount,
  presentTrades,
  presentTransfer,
} from './present-investments.ts'
import { presentItem } from './present-item.ts'

const today = (ctx: BankContext) => newYorkDate(ctx.clock.now())
const withoutAccounts = {
  investments: 'no_investment_accounts',
  investments_auth: 'no_investment_auth_accounts',
} as const
type InvestmentProduct = keyof typeof withoutAccounts

const fallback = { is_investments_fallback_item: false }

export function serveInvestments(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/investments/holdings/get',
    { request: InvestmentsHoldingsGetRequest, response: InvestmentsHoldingsGetResponse },
    async (body, { clientId }) => {
      const opened = await open(ctx, clientId, body, 'investments')
      return { ...presentOpened(opened), ...presentHoldings(opened.accounts, today(ctx)), ...fallback }
    },
  )

  operation(
    app,
    ctx,
    '/investments/transactions/get',
    { request: InvestmentsTransactionsGetRequest, response: InvestmentsTransactionsGetResponse },
    async (body, { clientId }) => {
      const opened = await open(ctx, clientId, body, 'investments')
      if (body.options?.async_update === true) await refuseUnreadTrades(ctx, opened.item)
      return { ...presentOpened(opened), ...presentTrades(opened.accounts, today(ctx), body), ...fallback }
    },
  )

  operation(
    app,
    ctx,
    '/investments/auth/get',
    { request: InvestmentsAuthGetRequest, response: InvestmentsAuthGetResponse },
    async (body, { clientId }) => {
      const opened = await open(ctx, clientId, body, 'investments_auth')
      return { ...presentOpened(opened), ...presentTransfer(opened.accounts, today(ctx)) }
    },
  )

  operation(
    app,
    ctx,
    '/investments/refresh',
    { request: InvestmentsRefreshRequest, response: RequestIdResponse },
    async (body, { clientId }) => {
      await refreshInvestments(ctx, await open(ctx, clientId, body, 'investments'))
      return {}
    },
  )

  serveProcessors(app, ctx)
}

function serveProcessors(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/processor/investments/holdings/get',
    { request: ProcessorRequest, response: ProcessorInvestmentsHoldingsGetResponse },
    async ({ processor_token }, client) => {
      const account = await openOne(ctx, client, processor_token, 'investments')
      const shown = presentHoldings([account], today(ctx))
      return { account: presentInvestmentAccount(account), ...shown, ...fallback }
    },
  )

  operation(
    app,
    ctx,
    '/processor/investments/transactions/get',
    {
      request: ProcessorInvestmentsTransactionsGetRequest,
      response: ProcessorInvestmentsTransactionsGetResponse,
    },
    async ({ processor_token, ...asked }, client) => {
      const account = await openOne(ctx, client, processor_token, 'investments')
      const ids = asked.options?.account_ids
      if (ids?.some((id) => id !== account.id)) throw new BankRefused('account_not_in_item')
      const shown = presentTrades([account], today(ctx), asked)
      return { account: presentInvestmentAccount(account), ...shown, ...fallback }
    },
  )

  operation(
    app,
    ctx,
    '/processor/investments/auth/get',
    { request: ProcessorRequest, response: ProcessorInvestmentsAuthGetResponse },
    async ({ processor_token }, client) => {
      const account = await openOne(ctx, client, processor_token, 'investments_auth')
      const shown = presentTransfer([account], today(ctx))
      return { account: presentInvestmentAccount(account), ...shown, ...fallback }
    },
  )
}

async function open(
  ctx: BankContext,
  clientId: string,
  body: { access_token: string; options?: { account_ids?: string[] | undefined } | undefined },
  product: InvestmentProduct,
): Promise<OpenedAccounts> {
  const request = { clientId, accessToken: body.access_token, accountIds: body.options?.account_ids, product }
  const { item, accounts } = await openAccounts(ctx, request)
  return { item, accounts: investedIn(accounts, product) }
}

async function openOne(
  ctx: BankContext,
  client: ApiClient,
  token: string,
  product: InvestmentProduct,
): Promise<Account> {
  const account = await openProcessorProduct(ctx, client, token, product)
  investedIn([account], product)
  return account
}

function investedIn(accounts: readonly Account[], product: InvestmentProduct): Account[] {
  const fitting = accounts.filter(({ type }) => type === 'investment')
  if (fitting.length === 0) throw new BankRefused(withoutAccounts[product])
  return fitting
}

const presentOpened = ({ item, accounts }: OpenedAccounts) => ({
  accounts: accounts.map(presentInvestmentAccount),
  item: presentItem(item),
})
