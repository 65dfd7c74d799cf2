import { DomainError } from '@paddock/kernel'
import type { AccountId } from '../applications/brokerage-account.ts'
import type { BrokerRefusal } from '../broker/refusal.ts'
import type { PlatformContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { UserId } from '../identity/user.ts'

export type IntentKind = 'application' | 'relationship' | 'transfer' | 'order' | 'journal' | 'journal_batch'

/** What a user wants from the broker, written down before the broker hears of it. */
export interface Intent {
  readonly userId: UserId
  readonly id: string
  readonly kind: IntentKind
  readonly accountId: AccountId | undefined
  readonly direction: 'INCOMING' | 'OUTGOING' | undefined
  readonly request: unknown
  readonly secretCipher: string | undefined
  readonly requestHash: string
  /** The name by which the broker knows the request: `client_order_id`, `Idempotency-Key`. */
  readonly brokerKey: string
  readonly state: 'open' | 'accepted' | 'refused'
  readonly brokerId: string | undefined
  readonly refusal: BrokerRefusal | undefined
  readonly createdAt: Temporal.Instant
  /** The broker's own time before the call. */
  readonly askedAt: Temporal.Instant
  readonly calledAt: Temporal.Instant
  readonly calls: number
}

/** How a call has ended so far. A refusal is thrown instead. */
export type Outcome<Body> =
  | { readonly state: 'accepted'; readonly intent: Intent; readonly body: Body }
  | { readonly state: 'unknown'; readonly intent: Intent }

/** What the machinery must know about one kind of call to the broker. */
export interface Call<Request, Body extends { id: string }> {
  readonly kind: IntentKind
  /** Whether the request must not lie open in the database. */
  readonly isSecret: boolean
  /** Asks the broker. Throws what the SDK throws. */
  send(ctx: PlatformContext, intent: Intent, request: Request): Promise<Body>
  /** Looks whether the broker did it: by its id when that is known, else by what it must look like. */
  find(ctx: PlatformContext, intent: Intent, request: Request | undefined): Promise<Body | undefined>
  /** How long after it was wanted a call that never arrived is still made. */
  readonly resendSeconds: number
  /** What becomes true together with the outcome. */
  onAccepted?(ctx: PlatformContext, tx: Tx, intent: Intent, body: Body, request: Request): Promise<void>
}

export type IntentProblem = 'outcome_unknown' | 'request_id_taken' | 'request_under_way'

export class IntentRefused extends DomainError<IntentProblem> {
  override readonly name = 'IntentRefused'
}
