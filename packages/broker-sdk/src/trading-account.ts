import type { TradingAccountBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

export type TradingAccount = Open<TradingAccountBody>

export function tradingAccountCalls({ call }: Transport) {
  return {
    /** Balances: cash, buying power, equity. */
    get: (accountId: string, options?: CallOptions) =>
      call<TradingAccount>({
        method: 'GET',
        path: `/v1/trading/accounts/${encodeURIComponent(accountId)}/account`,
        options,
      }),
  }
}
