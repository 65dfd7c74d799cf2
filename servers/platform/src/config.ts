import type { Clock } from '@paddock/kernel'
import type { JWK } from 'jose'

export interface PlatformConfig {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly databaseUrl: string
  /** 32 bytes: encrypts the tokens of banks, and what an open intent must not forget. */
  readonly cipherKey: Buffer
  /** Private ES256 key that signs access tokens; its public half is served as the JWKS. */
  readonly signingKey: JWK
  readonly broker: BrokerSettings
  readonly bank: BankSettings
  /** True while no money is real: sample data may complete an application. */
  readonly sandbox: boolean
  /** Whether anybody may sign in as the demo customer. */
  readonly demo: boolean
  /** Origins from which browsers may call us, besides our own. */
  readonly webOrigins: readonly string[]
  /** The built web app; nothing is served when it is left out. */
  readonly webDir?: string | undefined
  readonly logLevel: string
  /** Time of sessions, tokens and intents: real time, unless a test says otherwise. */
  readonly clock?: Clock
  /** How unknown outcomes are settled. */
  readonly settle?: Partial<SettleSettings>
}

export interface BrokerSettings {
  readonly mode: 'embedded' | 'alpaca'
  readonly baseUrl: string
  readonly dataUrl: string
  readonly key: string
  readonly secret: string
  /** Where a browser finds the embedded broker's `/_sim`. */
  readonly simUrl?: string | undefined
  /** Tests give one that loses answers. */
  readonly fetch?: typeof globalThis.fetch
  /** Longest wait for an answer. Default 10,000. */
  readonly timeoutMs?: number
}

export interface BankSettings {
  readonly mode: 'embedded' | 'plaid'
  readonly baseUrl: string
  readonly linkScriptUrl: string
  readonly clientId: string
  readonly secret: string
}

export interface SettleSettings {
  /** Pause between two looks at the open intents. Default 1,000. */
  readonly everyMs: number
  /**
   * How long after a call its outcome counts as unknown; before that somebody may still be waiting for it.
   * Default 3,000 with the embedded broker, 30,000 with the vendor.
   */
  readonly graceMs: number
}
