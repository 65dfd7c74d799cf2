import {
  InvestmentsHoldingsGetRequest,
  InvestmentsHoldingsGetResponse,
  InvestmentsTransactionsGetRequest,
  InvestmentsTransactionsGetResponse,
} from '@paddock/bank-wire'
import { newYorkDate } from '@paddock/calendar'
import type { BankContext } from '../context.ts'
import { cashIn, holdingsOf, type Security, tradesOf } from '../investments/portfolio.ts'
import type { Account, Item } from '../items/item.ts'
import { openAccounts } from '../items/open-item.ts'
import { BankRefused } from '../refusals.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentAccount } from './present-account.ts'
import { presentHolding, presentSecurity, presentTrade } from './present-investments.ts'
import { presentItem } from './present-item.ts'

const PAGE = 100

export function serveInvestments(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/investments/holdings/get',
    { request: InvestmentsHoldingsGetRequest, response: InvestmentsHoldingsGetResponse },
    async ({ access_token, options }, { clientId }) => {
      const { accounts, item } = await open(ctx, clientId, access_token, options?.account_ids)
      const today = newYorkDate(ctx.clock.now())
      const held = accounts.flatMap((account) => {
        const { shares, cashMinor } = holdingsOf(account)
        const cash = { accountId: account.id, security: cashIn(account.currency), valueMinor: cashMinor }
        return [...shares, { ...cash, quantity: null, costMinor: null }].map((one) => ({
          ...one,
          currency: account.currency,
        }))
      })
      return {
        ...presentShared(accounts, item),
        holdings: held.map((one) => presentHolding(one, today)),
        securities: presentSecurities(held, today),
      }
    },
  )

  operation(
    app,
    ctx,
    '/investments/transactions/get',
    { request: InvestmentsTransactionsGetRequest, response: InvestmentsTransactionsGetResponse },
    async ({ access_token, start_date, end_date, options }, { clientId }) => {
      const { accounts, item } = await open(ctx, clientId, access_token, options?.account_ids)
      const today = newYorkDate(ctx.clock.now())
      const [from, to] = [start_date, end_date].map((text) => Temporal.PlainDate.from(text))
      const all = accounts
        .flatMap((account) =>
          tradesOf(account, today).map((trade) => ({ ...trade, currency: account.currency })),
        )
        .filter(({ date }) => isWithin(date, from ?? today, to ?? today))
        .sort((a, b) => Temporal.PlainDate.compare(b.date, a.date))
      const { offset = 0, count = PAGE } = options ?? {}
      const page = all.slice(offset, offset + count)
      return {
        ...presentShared(accounts, item),
        investment_transactions: page.map(presentTrade),
        total_investment_transactions: all.length,
        securities: presentSecurities(page, today),
      }
    },
  )
}

async function open(
  ctx: BankContext,
  clientId: string,
  accessToken: string,
  accountIds: readonly string[] | undefined,
): Promise<{ item: Item; accounts: Account[] }> {
  const request = { clientId, accessToken, accountIds, product: 'investments' }
  const { item, accounts } = await openAccounts(ctx, request)
  const fitting = accounts.filter(({ type }) => type === 'investment')
  if (fitting.length === 0) throw new BankRefused('no_investment_accounts')
  return { item, accounts: fitting }
}

const isWithin = (date: Temporal.PlainDate, from: Temporal.PlainDate, to: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(date, from) >= 0 && Temporal.PlainDate.compare(date, to) <= 0

function presentShared(accounts: readonly Account[], item: Item) {
  return {
    accounts: accounts.map((account) => {
      const body = presentAccount(account)
      return { ...body, balances: { ...body.balances, margin_loan_amount: null } }
    }),
    item: presentItem(item),
    is_investments_fallback_item: false,
  }
}

function presentSecurities(
  shown: readonly { security: Security; currency: string }[],
  today: Temporal.PlainDate,
) {
  const byId = new Map(shown.map((one) => [one.security.id, one]))
  return [...byId.values()].map(({ security, currency }) => presentSecurity(security, currency, today))
}
