import { findAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import { Desk } from './desk.ts'
import type { Order } from './order.ts'
import { takenClientIds } from './order-store.ts'
import { type NewOrder, placeOrder, withClientId } from './place-order.ts'

const ORDERS_AT_ONCE = 200

type Waiting = {
  readonly request: NewOrder & { readonly clientOrderId: string }
  readonly resolve: (order: Order) => void
  readonly reject: (error: unknown) => void
}

/**
 * Where orders come in. What arrives while one transaction is at work goes into the next one together: a hundred
 * orders share the locks, the statements and the one write to disk that an order alone would pay for. Each is
 * answered when its transaction has committed, and refused by itself (docs/decisions/0010-group-commit.md).
 */
export class OrderIntake {
  readonly #context: () => BrokerContext
  #waiting: Waiting[] = []
  #working: Promise<void> | undefined

  constructor(context: () => BrokerContext) {
    this.#context = context
  }

  submit(request: NewOrder): Promise<Order> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request: withClientId(request), resolve, reject })
      this.#working ??= this.#work()
    })
  }

  /** Returns when everything that was submitted is answered. */
  async idle(): Promise<void> {
    await this.#working
  }

  async #work(): Promise<void> {
    // Those that arrive in the same turn of the event loop belong together.
    await new Promise(setImmediate)
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, ORDERS_AT_ONCE)
      await this.#place(batch).catch(() => this.#placeEach(batch))
    }
    this.#working = undefined
  }

  /** After an error that is nobody's refusal: whoever caused it meets it alone. */
  async #placeEach(batch: readonly Waiting[]): Promise<void> {
    for (const waiting of batch) await this.#place([waiting]).catch(waiting.reject)
  }

  async #place(batch: readonly Waiting[]): Promise<void> {
    const ctx = this.#context()
    const outcomes = await transact(ctx, async (tx) => {
      const desk = await Desk.open(
        ctx,
        tx,
        batch.map(({ request: { accountId, symbol } }) => ({
          accountId,
          symbol: findAsset(symbol ?? '')?.symbol,
        })),
      )
      const taken = await takenClientIds(
        tx,
        batch.map(({ request }) => request),
      )
      const placed = batch.map(({ request }) => attempt(() => placeOrder(desk, request, taken)))
      await desk.flush()
      return placed
    })
    for (const [index, { resolve, reject }] of batch.entries()) {
      const outcome = outcomes[index]
      if (outcome !== undefined && 'order' in outcome) resolve(outcome.order)
      else reject(outcome?.error)
    }
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
