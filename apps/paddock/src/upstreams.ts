import type { BrokerConfig } from '@paddock/broker'
import type { PlatformConfig } from '@paddock/platform'
import { demoKeys, type Settings } from './settings.ts'

/** Who talks to whom: ours on loopback, or the vendor's, by nothing but a base URL and a pair of keys. */
export interface Upstreams {
  brokerKeys: { key: string; secret: string }
  bankKeys: { clientId: string; secret: string }
  /** Where the broker redeems processor tokens. */
  bank: BrokerConfig['bank']
  /** Where the platform sends customers to link their banks. */
  platformBank: PlatformConfig['bank']
  broker: PlatformConfig['broker']
  webOrigins: readonly string[]
  /** True while no money is real. */
  sandbox: boolean
  /** Demo customers exist only in a world that is all ours. */
  demo: boolean
}

const ALPACA = {
  sandbox: {
    baseUrl: 'https://broker-api.sandbox.alpaca.markets',
    dataUrl: 'https://data.sandbox.alpaca.markets',
  },
  production: { baseUrl: 'https://broker-api.alpaca.markets', dataUrl: 'https://data.alpaca.markets' },
} as const

const PLAID = {
  sandbox: 'https://sandbox.plaid.com',
  production: 'https://production.plaid.com',
} as const

const PLAID_LINK_SCRIPT = 'https://cdn.plaid.com/link/v2/stable/link-initialize.js'

export function upstreamsOf(settings: Settings): Upstreams {
  const at = (port: number) => `http://${settings.PADDOCK_HOST}:${port}`
  const embeddedBank = settings.PADDOCK_BANK === 'embedded'
  const embeddedBroker = settings.PADDOCK_BROKER === 'embedded'
  const bankUrl = embeddedBank ? at(settings.PADDOCK_BANK_PORT) : PLAID[settings.PLAID_ENV]
  const bankKeys = embeddedBank
    ? demoKeys.bank
    : { clientId: settings.PLAID_CLIENT_ID ?? '', secret: settings.PLAID_SECRET ?? '' }
  const brokerKeys = embeddedBroker
    ? demoKeys.broker
    : { key: settings.APCA_BROKER_API_KEY ?? '', secret: settings.APCA_BROKER_API_SECRET ?? '' }
  const ours = at(settings.PADDOCK_BROKER_PORT)
  return {
    brokerKeys,
    bankKeys,
    bank: { baseUrl: bankUrl, ...bankKeys },
    platformBank: {
      mode: settings.PADDOCK_BANK,
      baseUrl: bankUrl,
      linkScriptUrl: embeddedBank ? `${bankUrl}/link/v2/stable/link-initialize.js` : PLAID_LINK_SCRIPT,
      ...bankKeys,
    },
    broker: embeddedBroker
      ? { mode: 'embedded', baseUrl: ours, dataUrl: ours, simUrl: ours, ...brokerKeys }
      : { mode: 'alpaca', ...ALPACA[settings.APCA_ENV], ...brokerKeys },
    webOrigins: webOrigins(settings),
    sandbox:
      (embeddedBroker || settings.APCA_ENV === 'sandbox') &&
      (embeddedBank || settings.PLAID_ENV === 'sandbox'),
    demo: embeddedBroker && embeddedBank,
  }
}

function webOrigins(settings: Settings): string[] {
  if (settings.PADDOCK_WEB_ORIGINS !== undefined) {
    return settings.PADDOCK_WEB_ORIGINS.split(',').map((origin) => origin.trim())
  }
  const port = settings.PADDOCK_PLATFORM_PORT
  return [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
}
