import type {
  TradingAccountBody,
  TradingConfigurationsBody,
  TradingLimitsBody,
  UpdateTradingConfigurationsBody,
} from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

export type TradingAccount = Open<TradingAccountBody>
export type TradingConfigurations = Open<TradingConfigurationsBody>
export type UpdateTradingConfigurations = UpdateTradingConfigurationsBody
export type TradingLimits = Open<TradingLimitsBody>

export function tradingAccountCalls({ call }: Transport) {
  const pathOf = (accountId: string) => `/v1/trading/accounts/${encodeURIComponent(accountId)}`
  return {
    /** Balances: cash, buying power, equity. */
    get: (accountId: string, options?: CallOptions) =>
      call<TradingAccount>({ method: 'GET', path: `${pathOf(accountId)}/account`, options }),

    getConfigurations: (accountId: string, options?: CallOptions) =>
      call<TradingConfigurations>({
        method: 'GET',
        path: `${pathOf(accountId)}/account/configurations`,
        options,
      }),

    /** Changes the settings that are given. */
    updateConfigurations: (accountId: string, change: UpdateTradingConfigurations, options?: CallOptions) =>
      call<TradingConfigurations>({
        method: 'PATCH',
        path: `${pathOf(accountId)}/account/configurations`,
        body: change,
        options,
      }),

    limits: (accountId: string, options?: CallOptions) =>
      call<TradingLimits>({ method: 'GET', path: `${pathOf(accountId)}/limits`, options }),
  }
}
