import type { Product } from '@paddock/bank-wire'

export type Health = 'HEALTHY' | 'DEGRADED' | 'DOWN'

/** How a country writes account numbers, with the bank's own part of them. */
export type Numbering =
  | { kind: 'us'; routing: string; wireRouting: string }
  | { kind: 'ca'; institution: string; branch: string }
  | { kind: 'uk'; sortCode: string; bic: string }
  | { kind: 'iban'; country: string; bankCode: string; bbanLength: number; bic: string }

export interface Institution {
  id: string
  name: string
  countryCode: string
  currency: string
  products: readonly Product[]
  numbering: Numbering
  health: Health
  /** It signs people in on its own page. */
  oauth: boolean
  /** It tells nobody the numbers of an account: the person types them after signing in. */
  asksNumbers: boolean
  /** A deposit arrives there while the person waits. */
  depositsAtOnce: boolean
  primaryColor: string
  url: string
}

/** Routing numbers that find this bank: only US banks have them. */
export function routingNumbersOf({ numbering }: Institution): string[] {
  return numbering.kind === 'us' ? [numbering.routing, numbering.wireRouting].filter((one) => one !== '') : []
}

/** Two letters for where there is no logo. */
export function initialsOf({ name }: Institution): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')
}
