import { ledgerChecks } from '@paddock/ledger'
import { expect } from 'vitest'
import { brokerChecks } from '../src/index.ts'
import type { BrokerWorld } from './broker-world.ts'

/** Every invariant holds. */
export async function booksAreRight(world: BrokerWorld): Promise<void> {
  for (const { id, run } of [...ledgerChecks, ...brokerChecks]) {
    expect([id, await run(world.db)]).toEqual([id, []])
  }
}

/** The states that were told of a transfer, in order. */
export async function eventsOf(world: BrokerWorld, transferId: string) {
  const rows = await world.db
    .selectFrom('events')
    .select('status_to')
    .where('stream', '=', 'transfer')
    .where('entity_id', '=', transferId)
    .orderBy('id')
    .execute()
  return rows.map(({ status_to }) => status_to)
}

/** What an account has, as its owner sees it. */
export async function figures(world: BrokerWorld, accountId: string) {
  const body = await world.balances(accountId)
  return {
    cash: body.cash,
    power: body.buying_power,
    settled: body.non_marginable_buying_power,
    withdrawable: body.cash_withdrawable,
    in: body.pending_transfer_in,
    out: body.pending_transfer_out,
  }
}
