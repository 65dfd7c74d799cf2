/** Which of a person's accounts. */
export type Role = 'checking' | 'savings' | 'card'

/** How money moves, which decides how soon it posts and what the vendor calls it. */
export type Method =
  | 'in_store'
  | 'online'
  | 'ach'
  | 'atm'
  | 'transfer'
  | 'interest'
  | 'fee'
  | 'refund'
  | 'manual'

export type Rhythm =
  | { kind: 'monthly'; day: number }
  | { kind: 'weekly'; weeks: 1 | 2; weekday: number }
  | { kind: 'often'; times: number }
  | { kind: 'yearly'; month: number; day: number }

/** Something that a person does again and again. */
export interface Routine {
  id: string
  role: Role
  merchantId: string | null
  /** What the bank prints, where it is not the merchant's name. */
  text?: string
  category: string
  method: Method
  rhythm: Rhythm
  /** Above zero: money comes in. */
  fromMinor: bigint
  toMinor: bigint
  /** A subscription costs so much from the month on that is so many after the first one told. */
  rise?: { afterMonths: number; minor: bigint }
  /** One of so many is given back within two weeks. */
  refundedOneIn?: number
}

/** How a person lives, by which accounts and from which balances. */
export interface LifeScript {
  name: string
  positions: Partial<Record<Role, number>>
  startMinor: Partial<Record<Role, bigint>>
  /** What is above this in the checking account at the end of a month goes to savings; without savings it is spent. */
  keepMinor: bigint
  savingsBasisPoints: bigint
  /** A fee for each month that ends below zero. */
  overdraftFeeMinor: bigint
  /** Whether the books move as the world clock does; otherwise only the past is told. */
  isAlive: boolean
  months: number
  routines: readonly Routine[]
}

/** One thing that happens: when it shows, when it posts and what of it is seen before. */
export interface Planned {
  id: string
  position: number
  merchantId: string | null
  name: string
  category: string
  confidence: string
  method: Method
  amountMinor: bigint
  /** What is held until it posts; null when it shows only once it has posted. */
  heldMinor: bigint | null
  authorizedOn: Temporal.PlainDate
  shownAt: Temporal.Instant
  postedAt: Temporal.Instant
  /** The bank lets the hold go at `postedAt`, and nothing follows. */
  isDropped: boolean
  /** When the bank learns who the merchant is; null when it knows from the start. */
  learnedAt: Temporal.Instant | null
}
