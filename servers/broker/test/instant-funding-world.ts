import { FIRM_ACCOUNT_NUMBER } from '../src/firm/firm-account.ts'
import type { BrokerWorld } from './broker-world.ts'

export const FUNDING = '/v1/instant_funding'

/** An active account and its number, by which instant funding knows it. */
export async function numberedAccount(world: BrokerWorld) {
  const id = await world.activeAccount()
  const { account_number } = await world.balances(id)
  return { id, number: account_number as string }
}

/** Asks for an advance. */
export const ask = (
  world: BrokerWorld,
  { number }: { number: string },
  amount: unknown,
  headers: Record<string, string> = {},
) =>
  world.call(
    'POST',
    FUNDING,
    { account_no: number, source_account_no: FIRM_ACCOUNT_NUMBER, amount },
    { headers },
  )

/** An advance that has been executed. */
export async function advanced(world: BrokerWorld, account: { number: string }, amount: unknown) {
  const { id } = await world.must(ask(world, account, amount))
  await world.advance({ seconds: 1 })
  return id as string
}

export const TRANSMITTER = {
  originator_full_name: 'Noor Halim',
  originator_street_address: '20 N San Mateo Dr',
  originator_city: 'San Mateo',
  originator_state: 'CA',
  originator_postal_code: '94401',
  originator_country: 'USA',
  originator_bank_name: 'Harbor Trust',
  originator_bank_account_number: '778812340',
}

/** Orders the payment for these advances. */
export const settle = (world: BrokerWorld, ids: readonly string[]) =>
  world.call('POST', `${FUNDING}/settlements`, {
    transfers: ids.map((id) => ({ instant_transfer_id: id, transmitter_info: TRANSMITTER })),
  })

export const statusOf = async (world: BrokerWorld, id: string) =>
  (await world.call('GET', `${FUNDING}/${id}`)).body.status as string

/** What an advance changes of an account. */
export async function advanceFigures(world: BrokerWorld, accountId: string) {
  const body = await world.balances(accountId)
  return {
    cash: body.cash,
    memo: body.memoposts,
    power: body.buying_power,
    withdrawable: body.cash_withdrawable,
  }
}

/** The lines of an account's statement: type and amount in cents. */
export async function linesOf(world: BrokerWorld, accountId: string) {
  const rows = await world.db
    .selectFrom('activities')
    .select(['activity_type', 'net_amount_minor'])
    .where('account_id', '=', accountId)
    .orderBy('at')
    .orderBy('activity_type')
    .orderBy('net_amount_minor', 'desc')
    .execute()
  return rows.map((row) => `${row.activity_type} ${row.net_amount_minor}`)
}

/** Buys for so many dollars, at once. */
export async function buyFor(world: BrokerWorld, accountId: string, notional: string) {
  const order = await world.call('POST', `/v1/trading/accounts/${accountId}/orders`, {
    symbol: 'SPY',
    notional,
    side: 'buy',
    type: 'market',
    time_in_force: 'day',
  })
  await world.advance({ seconds: 5 })
  return order
}
