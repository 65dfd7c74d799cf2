import {
  AccountPath,
  TradingConfigurationsBody,
  TradingLimitsBody,
  UpdateTradingConfigurationsBody,
} from '@paddock/broker-wire'
import { trimmedUsd } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import { getTradingConfigurations, updateTradingConfigurations } from '../accounts/trading-configurations.ts'
import { readTradingLimits } from '../accounts/trading-limits.ts'
import { readTradingConfigurations } from './read-application.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Trading']
const account = '/v1/trading/accounts/:account_id'
const answer = { 200: TradingConfigurationsBody }

/** What a customer sets for trading, and what may be bought today (contracts/alpaca/trading-account.md §2). */
export const tradingConfigurationRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    `${account}/account/configurations`,
    { schema: { summary: 'Get trading configurations', tags, params: AccountPath, response: answer } },
    async ({ params }) =>
      (await getTradingConfigurations(ctx, params.account_id as AccountId)) as TradingConfigurationsBody,
  )

  app.patch(
    `${account}/account/configurations`,
    {
      schema: {
        summary: 'Change trading configurations',
        tags,
        params: AccountPath,
        body: UpdateTradingConfigurationsBody,
        response: answer,
      },
    },
    async ({ params, body }) => {
      const change = readTradingConfigurations(body) ?? {}
      const accountId = params.account_id as AccountId
      return (await updateTradingConfigurations(ctx, accountId, change)) as TradingConfigurationsBody
    },
  )

  app.get(
    `${account}/limits`,
    {
      schema: {
        summary: 'Get the trading limits of today',
        tags,
        params: AccountPath,
        response: { 200: TradingLimitsBody },
      },
    },
    async ({ params }) => {
      const accountId = params.account_id as AccountId
      await requireAccount(ctx.db, accountId)
      const { availableMinor, usedMinor } = await readTradingLimits(ctx, ctx.db, accountId)
      return {
        account_id: accountId,
        currency: 'USD',
        daily_net_limit: trimmedUsd(availableMinor + usedMinor),
        limit_in_use: trimmedUsd(usedMinor),
        available: trimmedUsd(availableMinor),
      }
    },
  )
}
