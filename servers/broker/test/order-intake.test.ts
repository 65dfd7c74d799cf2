import { openDatabase } from '@paddock/service'
import { expect, test } from 'vitest'
import type { AccountId } from '../src/accounts/account.ts'
import type { BrokerContext } from '../src/context.ts'
import type { DB } from '../src/db/schema.ts'
import { simulatedExchange } from '../src/exchange/simulated-exchange.ts'
import { OrderIntake } from '../src/orders/order-intake.ts'
import { tradingWorld } from './trading-world.ts'

/** How many steps of promises lie between the answer to an order and whatever its batch does last, and more. */
const STEPS = 40

test('an order that comes in the very moment a batch ends is taken all the same', async () => {
  await using world = await tradingWorld()
  const { db, clock, config, alice: accountId } = world
  const url = world.database.url
  const preparedDb = openDatabase<DB>({ url, schema: 'broker', prepared: true, maxConnections: 2 })
  const woken = { wake: () => undefined }
  const parts = {
    db,
    preparedDb,
    clock,
    config,
    venue: simulatedExchange(config),
    events: woken,
    agenda: woken,
  }
  const intake = new OrderIntake(() => parts as unknown as BrokerContext)
  const far = {
    accountId: accountId as AccountId,
    symbol: 'KO',
    side: 'buy',
    quantity: '1',
    limitPrice: '1.00',
  }
  const order = { ...far, type: 'limit', timeInForce: 'gtc' } as const
  try {
    for (let steps = 0; steps < STEPS; steps += 1) {
      await intake.submit(order)
      for (let step = 0; step < steps; step += 1) await undefined
      expect((await intake.submit(order)).status).toBe('new')
    }
  } finally {
    await preparedDb.destroy()
  }
})
