import type { KeyArea } from '@paddock/broker-wire'
import type { BrokerRoutes } from './routes.ts'
import { WireRefused } from './wire-error.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

type NotBuilt = {
  readonly feature: string
  readonly area: KeyArea
  readonly routes: readonly (readonly [Method, string])[]
}

/** What the vendor has and we leave out on purpose, by feature (contracts/alpaca/not-built.md). */
const notBuilt: readonly NotBuilt[] = [
  {
    feature: 'options',
    area: 'trading',
    routes: [
      ['POST', '/v1/accounts/:account_id/options/approval'],
      ['GET', '/v1/options/contracts'],
      ['GET', '/v1/options/contracts/:symbol_or_id'],
      ['GET', '/v2/options/contracts'],
      ['GET', '/v2/options/contracts/:symbol_or_id'],
      ['POST', '/v1/trading/accounts/:account_id/positions/:symbol_or_contract_id/exercise'],
      ['POST', '/v1/trading/accounts/:account_id/positions/:symbol_or_contract_id/do-not-exercise'],
      ['GET', '/v1beta1/options/*'],
    ],
  },
  {
    feature: 'local-currency trading',
    area: 'funding',
    routes: [
      ['GET', '/v1/transfers/jit/reports'],
      ['GET', '/v1/transfers/jit/limits'],
      ['GET', '/v1/transfers/jit/ledgers'],
      ['GET', '/v1/transfers/jit/:ledger_id/balances'],
      ['POST', '/v1/transfers/jit/transactions'],
    ],
  },
  {
    feature: 'crypto wallets',
    area: 'crypto',
    routes: [
      ['GET', '/v1/accounts/:account_id/wallets'],
      ['POST', '/v1/accounts/:account_id/wallets'],
      ['GET', '/v1/accounts/:account_id/wallets/transfers'],
      ['POST', '/v1/accounts/:account_id/wallets/transfers'],
      ['GET', '/v1/accounts/:account_id/wallets/transfers/:transfer_id'],
      ['GET', '/v1/accounts/:account_id/wallets/whitelists'],
      ['POST', '/v1/accounts/:account_id/wallets/whitelists'],
      ['DELETE', '/v1/accounts/:account_id/wallets/whitelists/:address_id'],
      ['GET', '/v1/accounts/:account_id/wallets/fees/estimate'],
    ],
  },
  {
    feature: 'funding wallets',
    area: 'funding',
    routes: [
      ['GET', '/v1beta/accounts/:account_id/funding_wallet'],
      ['POST', '/v1beta/accounts/:account_id/funding_wallet'],
      ['GET', '/v1beta/accounts/:account_id/funding_wallet/funding_details'],
      ['GET', '/v1beta/accounts/:account_id/funding_wallet/recipient_bank'],
      ['POST', '/v1beta/accounts/:account_id/funding_wallet/recipient_bank'],
      ['DELETE', '/v1beta/accounts/:account_id/funding_wallet/recipient_bank'],
      ['POST', '/v1beta/accounts/:account_id/funding_wallet/withdrawal'],
      ['GET', '/v1beta/accounts/:account_id/funding_wallet/transfers'],
      ['GET', '/v1beta/accounts/:account_id/funding_wallet/transfers/:transfer_id'],
      ['POST', '/v1beta/demo/banking/funding'],
    ],
  },
  {
    feature: 'ACATS',
    area: 'funding',
    routes: [
      ['GET', '/v1beta1/acats/:account_id'],
      ['POST', '/v1beta1/acats/:account_id'],
    ],
  },
  {
    feature: 'fixed income',
    area: 'trading',
    routes: [
      ['GET', '/v1/assets/fixed_income/us_treasuries'],
      ['GET', '/v1/assets/fixed_income/us_corporates'],
    ],
  },
  { feature: 'IPO', area: 'trading', routes: [['GET', '/v1/ipos']] },
  { feature: 'logos', area: 'data', routes: [['GET', '/v1beta1/logos/:symbol']] },
]

/** They say 501 and name the feature, so that nobody takes it for a wrong address. */
export const notBuiltPages: readonly { readonly area: KeyArea; readonly routes: BrokerRoutes }[] =
  notBuilt.map(({ area, ...feature }) => ({ area, routes: refusalsOf(feature) }))

function refusalsOf({ feature, routes }: Omit<NotBuilt, 'area'>): BrokerRoutes {
  return async (app) => {
    for (const [method, url] of routes) {
      app.route({
        method,
        url,
        exposeHeadRoute: false,
        schema: { summary: `Not built: ${feature}`, tags: ['Not built'] },
        handler: async () => {
          throw new WireRefused(501, 50110000, `${feature} is not available on this server`)
        },
      })
    }
  }
}
