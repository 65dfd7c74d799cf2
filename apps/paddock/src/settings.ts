import path from 'node:path'
import { readTimetables } from '@paddock/broker'
import { parseQuantity, parseUsd } from '@paddock/money'
import { z } from 'zod'

/**
 * All settings of the product, read in this one place. `.env.example` documents each line;
 * a test compares the two. What has no default here is the server's own to know.
 */
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `a whole number from ${least} to ${most} is needed`,
    )
    .transform(Number)
const port = (fallback: number) => wholeNumber(0, 65_535).default(fallback)
const usd = z.string().transform((text, check) => {
  const minor = parseUsd(text)
  if (minor !== undefined && minor >= 0n) return minor
  check.addIssue('an amount of US dollars such as 50.00 is needed')
  return z.NEVER
})
/** Dollars for each share, mostly far below a cent: kept as millionths of a millionth. */
const usdPerShare = z.string().transform((text, check) => {
  const nano = parseQuantity(text)
  if (nano !== undefined && nano >= 0n) return nano * 1_000n
  check.addIssue('dollars for each share such as 0.000195 are needed')
  return z.NEVER
})
/** Up to two decimals: kept as parts in a million. */
const basisPoints = z.string().transform((text, check) => {
  const hundredths = parseUsd(text)
  if (hundredths !== undefined && hundredths >= 0n && hundredths <= 1_000_00n) return hundredths as bigint
  check.addIssue('basis points from 0 to 1000 such as 25 are needed')
  return z.NEVER
})
const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, `one of ${words.join(', ')} is needed`)
/** 32 bytes as base64, several separated by commas. */
const fileKeys = z.string().transform((text, check) => {
  const keys = text.split(',').map((one) => Buffer.from(one.trim(), 'base64'))
  if (keys.every(({ length }) => length === 32)) return keys
  check.addIssue('32 bytes in base64 are needed, of several keys separated by commas the newest first')
  return z.NEVER
})
const cutoffs = z
  .string()
  .refine((text) => readTimetables({ cutoffs: text }) !== undefined, 'hours such as 14:00 are needed')
const windows = z
  .string()
  .refine(
    (text) => readTimetables({ windows: text }) !== undefined,
    'windows such as 10:30/12:00/13:00 are needed, in order, the night at last',
  )
const optional = z.string().trim().min(1).optional()

export const settingsShape = {
  PADDOCK_HOST: z.string().default('127.0.0.1'),
  PADDOCK_PLATFORM_PORT: port(4000),
  PADDOCK_BROKER_PORT: port(4100),
  PADDOCK_BANK_PORT: port(4200),
  PADDOCK_DATA_DIR: z.string().min(1).default('./.data'),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'an address such as postgresql://user:password@localhost:5432/paddock is needed',
    })
    .optional(),
  PADDOCK_BROKER: oneOf(['embedded', 'alpaca']).default('embedded'),
  APCA_BROKER_API_KEY: optional,
  APCA_BROKER_API_SECRET: optional,
  APCA_ENV: oneOf(['sandbox', 'production']).default('sandbox'),
  PADDOCK_BANK: oneOf(['embedded', 'plaid']).default('embedded'),
  PLAID_CLIENT_ID: optional,
  PLAID_SECRET: optional,
  PLAID_ENV: oneOf(['sandbox', 'production']).default('sandbox'),
  PADDOCK_IDENTITY: oneOf(['embedded']).default('embedded'),
  PADDOCK_MARKET_HOURS: oneOf(['always', 'exchange']).default('always'),
  PADDOCK_MARKET_SEED: z.string().min(1).max(64).default('paddock'),
  PADDOCK_REQUESTS_PER_MINUTE: wholeNumber(1, 1_000_000).optional(),
  PADDOCK_REQUESTS_COUNTED_BY: oneOf(['key', 'account']).optional(),
  PADDOCK_STREAMS_PER_KEY: wholeNumber(1, 100_000).optional(),
  PADDOCK_DATA_STREAMS_PER_KEY: wholeNumber(1, 10_000).optional(),
  PADDOCK_DATA_AUTH_TIMEOUT_MS: wholeNumber(100, 600_000).optional(),
  PADDOCK_RETIRED_EVENTS: oneOf(['served', 'gone']).optional(),
  PADDOCK_SEC_FEE_PER_MILLION_USD: usd.prefault('20.60'),
  PADDOCK_TAF_PER_SHARE_USD: usdPerShare.prefault('0.000195'),
  PADDOCK_TAF_MOST_USD: usd.prefault('9.79'),
  PADDOCK_CAT_PER_SHARE_USD: usdPerShare.prefault('0.000003'),
  PADDOCK_CRYPTO_FEE_BPS: basisPoints.prefault('0'),
  PADDOCK_JOURNAL_LIMIT_USD: usd.optional(),
  PADDOCK_JOURNAL_DAY_LIMIT_USD: usd.optional(),
  PADDOCK_JOURNALS_BETWEEN_CUSTOMERS: oneOf(['allowed', 'refused']).optional(),
  PADDOCK_ACH_LIMIT_USD: usd.optional(),
  PADDOCK_ACH_DAY_LIMIT_USD: usd.optional(),
  PADDOCK_ACH_MONTH_LIMIT_USD: usd.optional(),
  PADDOCK_ACH_AT_RISK_LIMIT_USD: usd.optional(),
  PADDOCK_ACH_HOLD_BANKING_DAYS: wholeNumber(0, 60).optional(),
  PADDOCK_ACH_CLOSED_LOOP: oneOf(['on', 'off']).optional(),
  PADDOCK_ACH_TRANSFERS_PER_DAY: wholeNumber(0, 10_000).optional(),
  PADDOCK_ACH_BANKS_PER_WEEK: wholeNumber(0, 10_000).optional(),
  PADDOCK_ACH_RETURNS_PER_MONTH: wholeNumber(0, 10_000).optional(),
  PADDOCK_BALANCE_CHECK: oneOf(['off', 'note', 'refuse']).optional(),
  PADDOCK_BALANCE_UNKNOWN: oneOf(['let_through', 'refuse']).optional(),
  PADDOCK_BALANCE_TIMEOUT_MS: wholeNumber(1, 60_000).optional(),
  PADDOCK_INSTANT_CREDIT_NEW_USD: usd.prefault('0'),
  PADDOCK_INSTANT_CREDIT_PROVEN_USD: usd.prefault('0'),
  PADDOCK_ACH_DROP: optional,
  PADDOCK_ACH_FILE_KEY: fileKeys.optional(),
  PADDOCK_ACH_CUTOFFS: cutoffs.optional(),
  PADDOCK_ACH_WINDOWS: windows.optional(),
  PADDOCK_ACH_SAME_DAY: oneOf(['never', 'withdrawals', 'always']).optional(),
  PADDOCK_ACH_SAME_DAY_LIMIT_USD: usd.optional(),
  PADDOCK_ACH_TYPED_NUMBERS: oneOf(['trusted', 'prenote', 'micro_deposits']).optional(),
  PADDOCK_WEB_ORIGINS: optional,
  PADDOCK_LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
} as const

const Settings = z.object(settingsShape)
export type Settings = z.infer<typeof Settings>

/** The demo keys of the embedded servers: known to everybody, so good on loopback only. */
export const demoKeys = {
  broker: { key: 'paddock-demo-key', secret: 'paddock-demo-secret' },
  bank: { clientId: 'paddock-demo-client', secret: 'paddock-demo-secret' },
} as const

export type ReadSettings = { ok: true; settings: Settings } | { ok: false; problems: string[] }

/** Reads the environment. All problems come back at once, each as a sentence that says what to do. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): ReadSettings {
  // An empty line in .env means "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const read = Settings.safeParse(given)
  if (!read.success) {
    const problems = read.error.issues.map((issue) => {
      const name = issue.path.join('.')
      return `${name}="${given[name] ?? ''}" is not valid: ${issue.message}.`
    })
    return { ok: false, problems }
  }
  const problems = [...missingKeys(read.data), ...unsafeHost(read.data)]
  return problems.length > 0 ? { ok: false, problems } : { ok: true, settings: read.data }
}

function missingKeys(settings: Settings): string[] {
  const needed: [boolean, string, readonly (keyof Settings)[]][] = [
    [
      settings.PADDOCK_BROKER === 'alpaca',
      'PADDOCK_BROKER=alpaca',
      ['APCA_BROKER_API_KEY', 'APCA_BROKER_API_SECRET'],
    ],
    [settings.PADDOCK_BANK === 'plaid', 'PADDOCK_BANK=plaid', ['PLAID_CLIENT_ID', 'PLAID_SECRET']],
  ]
  return needed.flatMap(([wanted, because, names]) =>
    wanted
      ? names
          .filter((name) => settings[name] === undefined)
          .map((name) => `${name} is missing: ${because} needs it.`)
      : [],
  )
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

function unsafeHost(settings: Settings): string[] {
  const embedded = settings.PADDOCK_BROKER === 'embedded' || settings.PADDOCK_BANK === 'embedded'
  if (LOOPBACK.has(settings.PADDOCK_HOST) || !embedded) return []
  return [
    `PADDOCK_HOST=${settings.PADDOCK_HOST} is refused while the embedded servers run with demo keys, ` +
      'which everybody knows. Listen on 127.0.0.1.',
  ]
}

/** Where the data lies, as an absolute path. */
export function dataDirOf(settings: Settings): string {
  return path.resolve(settings.PADDOCK_DATA_DIR)
}
