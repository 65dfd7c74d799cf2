/** What can be wrong on purpose, and what each kind does (contracts/plaid/faults.md). */
export const faultKinds = {
  institution_down: 'calls that ask the bank, and sign-ins, answer INSTITUTION_DOWN',
  institution_not_responding: 'the same with INSTITUTION_NOT_RESPONDING',
  institution_degraded:
    'every second call that asks the bank, or sign-in, answers INSTITUTION_NOT_RESPONDING',
  product_not_ready: 'calls of this product answer PRODUCT_NOT_READY',
  rate_limit: 'calls answer 429 RATE_LIMIT_EXCEEDED',
  slow: 'calls wait for delay_ms of real time',
  internal_error: 'calls answer 500 INTERNAL_SERVER_ERROR',
  planned_maintenance: 'calls answer 503 PLANNED_MAINTENANCE',
  wrong_numbers: 'account numbers in answers are those of nobody',
  wrong_owner: 'owners in answers have another name',
} as const
export type FaultKind = keyof typeof faultKinds

export interface Fault {
  id: string
  kind: FaultKind
  institutionId: string | null
  itemId: string | null
  path: string | null
  product: string | null
  delayMs: number | null
  times: number | null
  metCount: number
}

/** A call as far as faults tell calls apart. */
export interface Call {
  path: string
  institutionId: string | undefined
  itemId: string | undefined
}

/** Paths that ask the bank and not the cache. */
const FRESH = /\/(balance\/get|signal\/evaluate|refresh)$/

/** The product that a path reads, by a word in it. */
const PRODUCTS = ['auth', 'identity', 'transactions', 'signal', 'investments', 'liabilities'] as const

function productOf(path: string): string | undefined {
  const words = path.split('/')
  // `/investments/transactions/get` is of the first word.
  return words.find((word) => PRODUCTS.some((product) => product === word))
}

/** Whether a fault is about this call. */
export function concerns(fault: Fault, { path, institutionId, itemId }: Call): boolean {
  const fits = (wanted: string | null, is: string | undefined) => wanted === null || wanted === is
  if (!fits(fault.path, path) || !fits(fault.itemId, itemId)) return false
  if (!fits(fault.institutionId, institutionId)) return false
  if (fault.kind.startsWith('institution_')) return institutionId !== undefined && FRESH.test(path)
  if (fault.kind === 'product_not_ready') {
    const product = productOf(path)
    return itemId !== undefined && product !== undefined && fits(fault.product, product)
  }
  return true
}
