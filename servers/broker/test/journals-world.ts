import { FIRM_ACCOUNT_ID } from '../src/firm/firm-account.ts'
import { type BrokerWorld, brokerWorld } from './broker-world.ts'

export const FIRM = FIRM_ACCOUNT_ID

export const UNKNOWN = '0b0e4f4e-0000-4000-8000-000000000000'

type Change = Parameters<typeof brokerWorld>[0]

/** A broker with alice, who has an account and no money but what the firm gives her. */
export async function journalWorld(change: Change = {}) {
  const world = await brokerWorld(change)
  const alice = await world.activeAccount()
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    world.call('POST', path, body, { headers })

  return {
    ...world,
    alice,
    journal: (body: object, headers?: Record<string, string>) =>
      post('/v1/journals', { entry_type: 'JNLC', from_account: FIRM, to_account: alice, ...body }, headers),
    batch: (entries: readonly object[], headers?: Record<string, string>, body: object = {}) =>
      post('/v1/journals/batch', { entry_type: 'JNLC', from_account: FIRM, entries, ...body }, headers),
    reverseBatch: (entries: readonly object[], body: object = {}) =>
      post('/v1/journals/reverse_batch', { entry_type: 'JNLC', to_account: FIRM, entries, ...body }),
    decide: (id: string, verb: string, body: object = { reason: 'because' }) =>
      post(`/_ops/journals/${id}/${verb}`, body),
    read: async (id: string) => (await world.call('GET', `/v1/journals/${id}`)).body,
    list: (query: string) => world.call('GET', `/v1/journals?${query}`),
    firm: async () => (await world.call('GET', '/_ops/firm')).body,
    /** The agenda has had its turn. */
    settle: () => world.advance({ seconds: 1 }),
    async cash(id: string) {
      const { cash, buying_power: power } = await world.balances(id)
      return { cash, power }
    },
    /** Shares that an account buys at the market; the firm pays for a customer's. */
    async buy(accountId: string, symbol: string, qty: string) {
      const order = { symbol, qty, side: 'buy', type: 'market', time_in_force: 'day' }
      await world.must(post(`/v1/trading/accounts/${accountId}/orders`, order))
      await world.advance({ seconds: 2 })
    },
    async position(accountId: string, symbol: string) {
      return (await world.call('GET', `/v1/trading/accounts/${accountId}/positions/${symbol}`)).body
    },
    /** The states that were told of a journal, in order. */
    async told(id: string) {
      const rows = await world.db
        .selectFrom('events')
        .select(['status_from', 'status_to', 'account_id', 'payload'])
        .where('stream', '=', 'journal')
        .where('entity_id', '=', id)
        .orderBy('id')
        .execute()
      return rows.map(({ status_to }) => status_to)
    },
    /** What it wrote into the statements, whoever gave first. */
    async lines(journalId: string) {
      const rows = await world.db.selectFrom('activities').selectAll().orderBy('at').execute()
      return rows
        .filter(({ details }) => (details as { journal_id?: string }).journal_id === journalId)
        .map((row) => ({
          account: row.account_id === FIRM ? 'firm' : row.account_id === alice ? 'alice' : row.account_id,
          type: row.activity_type,
          status: row.status,
          amount: row.net_amount_minor,
          quantity: row.quantity_nano,
        }))
        .sort((a, b) => Number(a.amount + (a.quantity ?? 0n) - b.amount - (b.quantity ?? 0n)))
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

export type JournalWorld = Awaited<ReturnType<typeof journalWorld>>

export type { BrokerWorld }
