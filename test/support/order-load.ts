import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { applicationFor } from './application.ts'
import { type Prices, randomOrder } from './order-wishes.ts'
import { simulate } from './seed-routes.ts'

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  readonly body: any
}

/** What a client knows of one of its wishes: told yes, with what; or told no. It asks until it knows. */
export interface Note {
  readonly kind: 'order' | 'cancel' | 'replace' | 'journal' | 'deposit'
  readonly account: string
  /** The client order id or the idempotency key; of a cancel, the order's id. */
  readonly key: string
  readonly wish: Record<string, unknown>
  outcome: 'open' | 'accepted' | 'refused'
  /** The id that it was told. */
  id: string | undefined
}

const AUTHORIZATION = `Basic ${Buffer.from('paddock-demo-key:paddock-demo-secret').toString('base64')}`
const FIRM = 'f1f10000-0000-4000-8000-000000000001'
const SYMBOLS = ['KO', 'PEP', 'SPY', 'F']
const NUMBERS = {
  account_owner_name: 'Nora Quill',
  bank_account_type: 'CHECKING',
  bank_account_number: '123456789',
  bank_routing_number: '121000358',
}

export async function call(
  broker: string,
  method: string,
  path: string,
  body?: object,
  key?: string,
): Promise<Answer> {
  const response = await fetch(`${broker}${path}`, {
    method,
    headers: {
      authorization: AUTHORIZATION,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

async function must(answer: Promise<Answer>) {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`the scenery fell down: ${status} ${JSON.stringify(body)}`)
  return body
}

/** Customers who trade, and the prices at which they begin. */
export class OrderLoad {
  readonly broker: string
  readonly history: Note[] = []
  readonly #customers: { readonly account: string; readonly bank: string }[] = []
  #prices: Prices = new Map()
  #stopped = false

  constructor(broker: string) {
    this.broker = broker
  }

  async open(customers: number): Promise<void> {
    for (let count = 0; count < customers; count += 1) this.#customers.push(await this.#newCustomer())
    const market = await Promise.all(
      SYMBOLS.map((symbol) => must(call(this.broker, 'GET', `/_sim/market/${symbol}`))),
    )
    this.#prices = new Map(market.map(({ symbol, price }) => [symbol, Math.round(Number(price) * 100)]))
  }

  get accounts(): readonly string[] {
    return this.#customers.map(({ account }) => account)
  }

  accepted(kind: Note['kind']): Note[] {
    return this.history.filter((note) => note.kind === kind && note.outcome === 'accepted')
  }

  stop(): void {
    this.#stopped = true
  }

  /** One client: a wish after the other, each repeated under its own key until there is an answer. */
  async client(): Promise<void> {
    while (!this.#stopped) {
      const note = this.#nextWish()
      this.history.push(note)
      while (note.outcome === 'open') {
        try {
          await this.#ask(note)
        } catch {
          await wait(100)
        }
      }
    }
  }

  async #newCustomer() {
    const { agreements, ...rest } = applicationFor(`${randomUUID()}@example.org`)
    const signed = agreements.map((agreement) => ({
      ...agreement,
      signed_at: '2020-09-11T18:13:44Z',
      ip_address: '185.13.21.99',
    }))
    const { id } = await must(call(this.broker, 'POST', '/v1/accounts', { ...rest, agreements: signed }))
    await simulate(this.broker, '/_sim/clock/advance', { seconds: 4 })
    const bank = await must(call(this.broker, 'POST', `/v1/accounts/${id}/ach_relationships`, NUMBERS))
    await simulate(this.broker, '/_sim/clock/advance', { seconds: 2 })
    const deposit = await must(
      call(this.broker, 'POST', `/v1/accounts/${id}/transfers`, depositOf(bank.id, '20000')),
    )
    await simulate(this.broker, `/_sim/transfers/${deposit.id}/settle`)
    return { account: id as string, bank: bank.id as string }
  }

  #nextWish(): Note {
    const { account, bank } = this.#customers[randomInt(this.#customers.length)] ?? { account: '', bank: '' }
    const note = { account, key: randomUUID(), outcome: 'open', id: undefined } as const
    const chance = randomInt(100)
    const orders = this.accepted('order').filter((order) => order.account === account)
    const known = orders[randomInt(Math.max(orders.length, 1))]
    if (known?.id !== undefined && chance < 15) {
      return { ...note, kind: 'cancel', key: known.id, wish: {} }
    }
    if (known?.id !== undefined && chance < 25) {
      const wish = { qty: String(randomInt(1, 9)), client_order_id: note.key, order: known.id }
      return { ...note, kind: 'replace', wish }
    }
    if (chance < 29) {
      const wish = { entry_type: 'JNLC', from_account: FIRM, to_account: account, amount: '1.50' }
      return { ...note, kind: 'journal', wish }
    }
    if (chance < 32) return { ...note, kind: 'deposit', wish: depositOf(bank, '2.00') }
    const wish = randomOrder(this.#prices)
    return { ...note, kind: 'order', key: String(wish.client_order_id), wish }
  }

  async #ask(note: Note): Promise<void> {
    const { status, body } = await this.#send(note)
    if (status >= 500 || status === 429) return
    if (status < 300) {
      note.id = body?.id ?? note.key
      note.outcome = 'accepted'
      return
    }
    // The vendor's word for: you have asked before, look it up.
    if (body.message === 'client_order_id must be unique' || body.message === 'order already replaced') {
      const path = `/v1/trading/accounts/${note.account}/orders:by_client_order_id?client_order_id=${note.key}`
      const earlier = await call(this.broker, 'GET', path)
      note.id = earlier.body.id
      note.outcome = earlier.status === 200 ? 'accepted' : 'refused'
      return
    }
    note.outcome = 'refused'
  }

  #send({ kind, account, key, wish }: Note): Promise<Answer> {
    const orders = `/v1/trading/accounts/${account}/orders`
    switch (kind) {
      case 'order':
        return call(this.broker, 'POST', orders, wish)
      case 'cancel':
        return call(this.broker, 'DELETE', `${orders}/${key}`)
      case 'replace': {
        const { order, ...change } = wish
        return call(this.broker, 'PATCH', `${orders}/${order}`, change)
      }
      case 'journal':
        return call(this.broker, 'POST', '/v1/journals', wish, key)
      case 'deposit':
        return call(this.broker, 'POST', `/v1/accounts/${account}/transfers`, wish, key)
    }
  }
}

const depositOf = (relationship: string, amount: string) => ({
  transfer_type: 'ach',
  relationship_id: relationship,
  amount,
  direction: 'INCOMING',
  timing: 'immediate',
})
