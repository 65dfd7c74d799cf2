import { createHash } from 'node:crypto'
import type { Account } from '../items/item.ts'
import { objectIdOf } from '../tokens/object-id.ts'

export interface Security {
  id: string
  name: string
  ticker: string
  type: 'etf' | 'equity' | 'mutual fund' | 'cash'
  subtype: string
  sector: string | null
  industry: string | null
  /** Of this month; it was less by `stepMinor` each month before. */
  priceMinor: bigint
  stepMinor: bigint
  /** Which share of the account is in it. */
  percent: bigint
}

export interface Holding {
  accountId: string
  security: Security
  quantity: bigint
  valueMinor: bigint
  costMinor: bigint | null
}

export interface Trade {
  id: string
  accountId: string
  security: Security
  date: Temporal.PlainDate
  quantity: bigint
  priceMinor: bigint
}

const MONTHS = 24
const idOf = (text: string) => objectIdOf(createHash('sha256').update(text).digest())

function security(
  words: Pick<Security, 'name' | 'ticker' | 'type' | 'subtype' | 'sector' | 'industry'>,
  numbers: Pick<Security, 'priceMinor' | 'stepMinor' | 'percent'>,
): Security {
  return { id: idOf(`security ${words.ticker}`), ...words, ...numbers }
}

const invested = [
  security(
    {
      name: 'Northwind Broad Market ETF',
      ticker: 'NWBM',
      type: 'etf',
      subtype: 'etf',
      sector: 'Miscellaneous',
      industry: 'Investment Trusts or Mutual Funds',
    },
    { priceMinor: 97_50n, stepMinor: 85n, percent: 50n },
  ),
  security(
    {
      name: 'Saltby Harbor Works',
      ticker: 'SBHW',
      type: 'equity',
      subtype: 'common stock',
      sector: 'Industrial Services',
      industry: 'Engineering & Construction',
    },
    { priceMinor: 42_10n, stepMinor: 31n, percent: 25n },
  ),
  security(
    {
      name: 'Fernwood Bond Fund',
      ticker: 'FWBDX',
      type: 'mutual fund',
      subtype: 'mutual fund',
      sector: null,
      industry: null,
    },
    { priceMinor: 18_25n, stepMinor: 4n, percent: 15n },
  ),
]

/** The uninvested part, which the vendor lists as a security of its own. */
export function cashIn(currency: string): Security {
  return security(
    {
      name: `Cash in ${currency}`,
      ticker: `CUR:${currency}`,
      type: 'cash',
      subtype: 'cash',
      sector: null,
      industry: null,
    },
    { priceMinor: 1_00n, stepMinor: 0n, percent: 0n },
  )
}

/** What is in an account: whole shares, and the rest of its balance in cash (contracts/plaid/investments.md). */
export function holdingsOf(account: Account): { shares: Holding[]; cashMinor: bigint } {
  const totalMinor = account.currentMinor ?? 0n
  const shares = invested
    .map((held): Holding => {
      const { priceMinor, stepMinor, percent } = held
      const quantity = totalMinor <= 0n ? 0n : (totalMinor * percent) / (100n * priceMinor)
      return {
        accountId: account.id,
        security: held,
        quantity,
        valueMinor: quantity * priceMinor,
        costMinor: quantity * (priceMinor - stepMinor * 12n),
      }
    })
    .filter(({ quantity }) => quantity > 0n)
  return { shares, cashMinor: totalMinor - shares.reduce((sum, { valueMinor }) => sum + valueMinor, 0n) }
}

/** One share bought on the fifth of each of the last 24 months; newest first. */
export function tradesOf(account: Account, today: Temporal.PlainDate): Trade[] {
  const held = holdingsOf(account).shares
  return Array.from({ length: MONTHS }, (_, ago) => ago).flatMap((ago) => {
    const date = today.with({ day: 5 }).subtract({ months: ago })
    const one = held[ago % Math.max(1, held.length)]
    if (one === undefined || Temporal.PlainDate.compare(date, today) > 0) return []
    return [
      {
        id: idOf(`trade ${account.id} ${date}`),
        accountId: account.id,
        security: one.security,
        date,
        quantity: 1n,
        priceMinor: one.security.priceMinor - one.security.stepMinor * BigInt(ago),
      },
    ]
  })
}
