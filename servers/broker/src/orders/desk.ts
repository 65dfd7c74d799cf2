import { assert } from '@paddock/kernel'
import { openAccounts, post, readBalances, type Transfer } from '@paddock/ledger'
import type { QuantityNano, UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { AccountRejected } from '../accounts/account.ts'
import { type LockedAccount, lockAccounts } from '../accounts/account-store.ts'
import { eventOf, insertActivities, type NewActivity } from '../activities/book-activity.ts'
import type { BrokerContext } from '../context.ts'
import { splittingPairs } from '../corporate-actions/split-halt.ts'
import type { Tx } from '../db/database.ts'
import { appendEvents, type NewEvent } from '../events/append-event.ts'
import { AccruedFees } from '../fees/accrued-fees.ts'
import { debitAccount } from '../instant-funding/memo-books.ts'
import { cashAccount } from '../ledger-accounts.ts'
import { holdRules } from '../market/rule-store.ts'
import { booksOf, newBooksOf } from '../positions/books.ts'
import { lotNeedsOf } from '../positions/lot-choice.ts'
import type { LotNeed } from '../positions/lot-store.ts'
import { type Position, readPositions, writePositions } from '../positions/position-store.ts'
import { followersAmong } from '../rebalancing/subscription-store.ts'
import { type Fill, insertFills } from './fill-store.ts'
import { isOpen, type Order, type OrderId, type OrderSide } from './order.ts'
import { findOpenOrders, writeOrders } from './order-store.ts'

/** An account and an asset that it trades. */
export type Pair = { readonly accountId: AccountId; readonly symbol: string }

/** Whose trading is looked at, and in what. */
export type Wanted = {
  readonly accountId: AccountId
  readonly symbol: string | undefined
  /** A sale that may execute at once needs lots, of so many shares or of all. */
  readonly sale?: Pick<LotNeed, 'quantityNano'> | undefined
  /** Where open orders of one side are enough. */
  readonly openSide?: OrderSide | undefined
}

export type DeskAccount = LockedAccount & { readonly followsPortfolio: boolean }

type Book = { posted: bigint; pendingOut: bigint }

/**
 * All that one transaction knows of the trading of some accounts, and what it decides: read at once, under the
 * accounts' locks, and written at once, so that a hundred orders cost little more than one. Whoever decides looks
 * here and leaves the result here, and the next decision sees it; nothing is in the database before `flush`.
 */
export class Desk {
  readonly ctx: BrokerContext
  readonly now: Temporal.Instant
  readonly fees: AccruedFees
  readonly #tx: Tx
  readonly #accounts: ReadonlyMap<AccountId, DeskAccount>
  readonly #books: Map<string, Book>
  readonly #positions: Map<string, Position>
  readonly #splitting: ReadonlySet<string>
  readonly #orders = new Map<OrderId, Order>()
  readonly #fresh = new Set<OrderId>()
  readonly #changed = new Set<OrderId>()
  readonly #touchedPositions = new Set<string>()
  readonly #unopened = new Map<string, Pair>()
  readonly #transfers: Transfer[] = []
  readonly #fills: Fill[] = []
  readonly #activities: NewActivity[] = []
  readonly #events: NewEvent[] = []

  /** Locks the accounts, in order of id, and reads what they have and what they have open in these assets. */
  static async open(ctx: BrokerContext, tx: Tx, wanted: readonly Wanted[]): Promise<Desk> {
    const accountIds = [...new Set(wanted.map(({ accountId }) => accountId))]
    // An order for what does not exist is refused before anybody looks at positions.
    const pairs = wanted.flatMap(({ accountId, symbol, openSide: side }) =>
      symbol === undefined ? [] : [{ accountId, symbol, side }],
    )
    const sales = wanted.flatMap(({ accountId, symbol, sale }) =>
      symbol === undefined || sale === undefined ? [] : [{ accountId, symbol, ...sale }],
    )
    const bookIds = [
      ...accountIds.flatMap((id) => [cashAccount(id), debitAccount(id)]),
      ...pairs.flatMap(({ accountId, symbol }) => {
        const { shares, streetShares } = booksOf(accountId, symbol)
        return [shares, streetShares]
      }),
    ]
    // In this order: what is read after the locks is what they protect.
    const [, accounts, followers, splitting, orders, fees, balances] = await Promise.all([
      holdRules(tx),
      lockAccounts(tx, accountIds),
      followersAmong(tx, accountIds),
      splittingPairs(tx, ctx.config, pairs, ctx.clock.now()),
      findOpenOrders(tx, pairs),
      AccruedFees.read(tx, accountIds, ctx.clock.now()),
      readBalances(tx, bookIds),
    ])
    const positions = await readPositions(tx, pairs, lotNeedsOf(orders, sales))
    return new Desk(ctx, tx, {
      accounts: new Map(
        [...accounts].map(([id, account]) => [id, { ...account, followsPortfolio: followers.has(id) }]),
      ),
      books: new Map([...balances].map(([id, { posted, pendingOut }]) => [id, { posted, pendingOut }])),
      positions,
      fees,
      splitting,
      orders,
    })
  }

  private constructor(
    ctx: BrokerContext,
    tx: Tx,
    known: {
      accounts: ReadonlyMap<AccountId, DeskAccount>
      books: Map<string, Book>
      positions: Map<string, Position>
      fees: AccruedFees
      splitting: ReadonlySet<string>
      orders: readonly Order[]
    },
  ) {
    this.ctx = ctx
    this.now = ctx.clock.now()
    this.#tx = tx
    this.#accounts = known.accounts
    this.#books = known.books
    this.#positions = known.positions
    this.fees = known.fees
    this.#splitting = known.splitting
    for (const order of known.orders) this.#orders.set(order.id, order)
  }

  account(accountId: AccountId): DeskAccount {
    const account = this.#accounts.get(accountId)
    if (account === undefined) throw new AccountRejected('account_not_found')
    return account
  }

  /** Whether shares of before a split are still to be split: until then nobody trades them. */
  isSplitting({ accountId, symbol }: Pair): boolean {
    return this.#splitting.has(`${accountId}|${symbol}`)
  }

  /** What an order may set aside or spend now: free cash less what is owed for advances that were called off. */
  buyingPowerMinor(accountId: AccountId): UsdMinor {
    const cash = this.#books.get(cashAccount(accountId))
    const debit = this.#books.get(debitAccount(accountId))
    const freeMinor =
      (cash?.posted ?? 0n) - (cash?.pendingOut ?? 0n) + (debit?.posted ?? 0n) - this.fees.owedMinor(accountId)
    return (freeMinor > 0n ? freeMinor : 0n) as UsdMinor
  }

  /** What an account has of an asset, and how much of that no sale has set aside. */
  shares({ accountId, symbol }: Pair): { heldNano: QuantityNano; availableNano: QuantityNano } {
    const book = this.#books.get(booksOf(accountId, symbol).shares)
    const [posted, pendingOut] = [book?.posted ?? 0n, book?.pendingOut ?? 0n]
    return { heldNano: posted as QuantityNano, availableNano: (posted - pendingOut) as QuantityNano }
  }

  position({ accountId, symbol }: Pair): Position | undefined {
    return this.#positions.get(`${accountId}|${symbol}`)
  }

  setPosition(position: Position): void {
    const key = `${position.accountId}|${position.symbol}`
    this.#positions.set(key, position)
    this.#touchedPositions.add(key)
  }

  /** An order as it is by now, after what this transaction has decided. */
  order(orderId: OrderId): Order | undefined {
    return this.#orders.get(orderId)
  }

  openOrders({ accountId, symbol }: Pair): Order[] {
    return [...this.#orders.values()].filter(
      (order) => order.accountId === accountId && order.asset.symbol === symbol && isOpen(order),
    )
  }

  add(order: Order): void {
    assert(!this.#orders.has(order.id), 'an order is new once')
    this.#orders.set(order.id, order)
    this.#fresh.add(order.id)
  }

  /** Notes what an order has become, and answers that. */
  change(order: Order, change: Partial<Order>): Order {
    const changed: Order = { ...order, ...change, updatedAt: this.now }
    this.#orders.set(order.id, changed)
    if (!this.#fresh.has(order.id)) this.#changed.add(order.id)
    return changed
  }

  /** Moves cash or shares; what comes next counts with it. The ledger has the last word when all is written. */
  move(transfer: Transfer & { readonly type: 'post' | 'pend' }, pair: Pair): void {
    this.#open(pair)
    const [from, to] = [this.#book(transfer.from), this.#book(transfer.to)]
    if (transfer.type === 'pend') from.pendingOut += transfer.amount
    else {
      from.posted -= transfer.amount
      to.posted += transfer.amount
    }
    this.#transfers.push(transfer)
  }

  /** Transfers of another business that belong into the same batch: nothing decided here counts with them. */
  carry(transfers: readonly Transfer[]): void {
    this.#transfers.push(...transfers)
  }

  /** Ends a pend of `heldAmount` from `from`: all of it is free again, but what `transfer.amount` moves to `to`. */
  endHold(
    transfer: Transfer & { readonly type: 'post_pending' | 'void_pending' },
    { heldAmount, from, to }: { heldAmount: bigint; from: string; to: string },
  ): void {
    this.#book(from).pendingOut -= heldAmount
    if (transfer.type === 'post_pending') {
      const moved = transfer.amount ?? heldAmount
      this.#book(from).posted -= moved
      this.#book(to).posted += moved
    }
    this.#transfers.push(transfer)
  }

  addFill(fill: Fill, line: NewActivity): void {
    this.#fills.push(fill)
    this.addActivity(line)
  }

  /** A line of the statement; it is told of in the same order as everything else. */
  addActivity(line: NewActivity): void {
    this.#activities.push(line)
    this.#events.push(eventOf(line))
  }

  addEvent(event: NewEvent): void {
    this.#events.push(event)
  }

  /** Whether the venue is to be asked right now about an order that was decided here. */
  isDueAgain(): boolean {
    return [...this.#fresh, ...this.#changed].some((id) => {
      const lookAt = this.#orders.get(id)?.lookAt
      return lookAt !== undefined && Temporal.Instant.compare(lookAt, this.now) <= 0
    })
  }

  /** Writes everything. Call it once, last. */
  async flush(): Promise<void> {
    const tx = this.#tx
    const books = [...this.#unopened.values()].flatMap(({ accountId, symbol }) =>
      newBooksOf(accountId, symbol),
    )
    // In this order: rows come before those that point to them.
    await Promise.all([
      openAccounts(tx, [...new Map(books.map((book) => [book.id, book])).values()]),
      writeOrders(tx, this.#ordersOf(this.#fresh), this.#ordersOf(this.#changed)),
      insertFills(tx, this.#fills),
      this.fees.write(tx),
      writePositions(
        tx,
        [...this.#touchedPositions].map((key) => this.#positions.get(key) as Position),
      ),
      insertActivities(tx, this.#activities),
      appendEvents(tx, this.#events),
      post(tx, this.#transfers),
    ])
  }

  #ordersOf(ids: ReadonlySet<OrderId>): Order[] {
    return [...ids].map((id) => this.#orders.get(id) as Order)
  }

  #open(pair: Pair): void {
    const { shares, streetShares } = booksOf(pair.accountId, pair.symbol)
    // Shares that came by a journal may be the first of their kind: then the street has no book for them.
    for (const id of [shares, streetShares]) {
      if (this.#books.has(id)) continue
      this.#books.set(id, { posted: 0n, pendingOut: 0n })
      this.#unopened.set(shares, pair)
    }
  }

  /** The firm's side of a trade has no floor: its balance is of no interest here. */
  #book(id: string): Book {
    const known = this.#books.get(id)
    if (known !== undefined) return known
    const book = { posted: 0n, pendingOut: 0n }
    this.#books.set(id, book)
    return book
  }
}
