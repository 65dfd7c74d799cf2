import { parseQuantity } from '@paddock/money'
import { pipelined } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import { findAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { takesOldest } from '../positions/lot-choice.ts'
import { Desk, type Wanted } from './desk.ts'
import type { Order } from './order.ts'
import { takenClientIds } from './order-store.ts'
import { type NewOrder, placeOrder, withClientId } from './place-order.ts'

const ORDERS_AT_ONCE = 200

type Waiting = {
  readonly request: NewOrder & { readonly clientOrderId: string }
  readonly resolve: (order: Order) => void
  readonly reject: (error: unknown) => void
}

/** So many must wait for a second batch beside the one at work: smaller ones would cost more than they gain. */
const WORTH_A_SECOND_BATCH = 16
const BATCHES_AT_ONCE = 2

/**
 * Where orders come in. What arrives while one transaction is at work goes into the next one together: a hundred
 * orders share the locks, the statements and the one write to disk that an order alone would pay for. Each is
 * answered when its transaction has committed, and refused by itself (docs/decisions/0010-group-commit.md).
 * Where many wait a second batch is decided here while PostgreSQL is at the first; an account is in one of them at a time.
 */
export class OrderIntake {
  readonly #context: () => BrokerContext
  #waiting: Waiting[] = []
  readonly #accountsAtWork = new Set<AccountId>()
  readonly #working = new Set<Promise<void>>()
  /** Falls in the same step in which a worker finds nothing more to do, so that whoever comes next begins another. */
  #workers = 0

  constructor(context: () => BrokerContext) {
    this.#context = context
  }

  submit(request: NewOrder): Promise<Order> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request: withClientId(request), resolve, reject })
      if (this.#isWorthABatch(this.#workers)) this.#begin()
    })
  }

  /** Returns when everything that was submitted is answered. */
  async idle(): Promise<void> {
    while (this.#working.size > 0) await Promise.all(this.#working)
  }

  #begin(): void {
    this.#workers += 1
    const work = this.#work().finally(() => this.#working.delete(work))
    this.#working.add(work)
  }

  async #work(): Promise<void> {
    // Those that arrive in the same turn of the event loop belong together.
    await new Promise(setImmediate)
    do {
      const batch = this.#take()
      if (batch.length === 0) break
      await this.#place(batch).catch(() => this.#placeEach(batch))
      for (const { request } of batch) this.#accountsAtWork.delete(request.accountId)
    } while (this.#isWorthABatch(this.#workers - 1))
    this.#workers -= 1
  }

  /** Whether those that wait should begin now, beside so many batches that are at work. */
  #isWorthABatch(others: number): boolean {
    if (others === 0) return this.#waiting.length > 0
    return others < BATCHES_AT_ONCE && this.#waiting.length >= WORTH_A_SECOND_BATCH
  }

  /** The next ones, but those whose account is in another batch: they would only wait for its locks. */
  #take(): Waiting[] {
    const [batch, rest]: [Waiting[], Waiting[]] = [[], []]
    for (const waiting of this.#waiting) {
      const isFree = batch.length < ORDERS_AT_ONCE && !this.#accountsAtWork.has(waiting.request.accountId)
      ;(isFree ? batch : rest).push(waiting)
    }
    this.#waiting = rest
    for (const { request } of batch) this.#accountsAtWork.add(request.accountId)
    return batch
  }

  /** After an error that is nobody's refusal: whoever caused it meets it alone. */
  async #placeEach(batch: readonly Waiting[]): Promise<void> {
    for (const waiting of batch) await this.#place([waiting]).catch(waiting.reject)
  }

  async #place(batch: readonly Waiting[]): Promise<void> {
    const ctx = this.#context()
    const { placed: outcomes, isDueAgain } = await pipelined(ctx.preparedDb, async (tx) => {
      const [desk, taken] = await Promise.all([
        Desk.open(
          ctx,
          tx,
          batch.map(({ request }) => wantedBy(request)),
        ),
        takenClientIds(
          tx,
          batch.map(({ request }) => request),
        ),
      ])
      const placed = batch.map(({ request }) => attempt(() => placeOrder(desk, request, taken)))
      await desk.flush()
      return { placed, isDueAgain: desk.isDueAgain() }
    })
    ctx.events.wake()
    // Hardly ever: what could execute has, but exits whose entry did so are at the market from now on.
    if (isDueAgain) ctx.agenda.wake()
    for (const [index, { resolve, reject }] of batch.entries()) {
      const outcome = outcomes[index]
      if (outcome !== undefined && 'order' in outcome) resolve(outcome.order)
      else reject(outcome?.error)
    }
  }
}

function wantedBy({ accountId, symbol, side, quantity, instructions }: NewOrder): Wanted {
  const quantityNano = takesOldest(instructions) ? parseQuantity(quantity ?? '') : undefined
  return {
    accountId,
    symbol: findAsset(symbol ?? '')?.symbol,
    sale: side === 'sell' ? { quantityNano } : undefined,
    // A purchase could only meet sales; a sale that is too large is told of those that have set shares aside.
    openSide: side === 'buy' ? 'sell' : undefined,
  }
}

type Outcome = { readonly order: Order } | { readonly error: unknown }

function attempt(work: () => Order): Outcome {
  try {
    return { order: work() }
  } catch (error) {
    return { error }
  }
}
