import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { endedOrders, expectEachOnce, expectStillEnded } from '../support/order-evidence.ts'
import { OrderLoad } from '../support/order-load.ts'
import { newPlace, runCommand, startStackProcess } from '../support/running-stack.ts'

/** `ORDER_KILL_SECONDS=600 ORDER_KILLS=10` is what a release is tried with (tools/soak.ts). */
const SECONDS = Number(process.env.ORDER_KILL_SECONDS ?? 10)
const KILLS = Number(process.env.ORDER_KILLS ?? 2)
const CUSTOMERS = 4
const CLIENTS = 12
/** For starting, looking and verifying. */
const GRACE_MS = 240_000

test(
  'under a mixed load of orders, with everything killed at any moment, nothing acknowledged is lost',
  async () => {
    process.env.PADDOCK_REQUESTS_PER_MINUTE = '1000000'
    await using place = await newPlace()
    let stack = await startStackProcess(place, ['--no-demo'])
    const load = new OrderLoad(stack.broker)
    try {
      await load.open(CUSTOMERS)
      const clients = Array.from({ length: CLIENTS }, () => load.client())
      for (let kill = 0; kill < KILLS; kill += 1) {
        const share = (SECONDS * 1000) / (KILLS + 1)
        await wait(share / 2 + randomInt(Math.max(1, Math.floor(share))))
        const ended = await endedOrders(load)
        await wait(randomInt(50))
        await stack.kill()
        stack = await startStackProcess(place, ['--no-demo'])
        await expectStillEnded(load, ended)
      }
      await wait((SECONDS * 1000) / (KILLS + 1))
      load.stop()
      await Promise.all(clients)
      await expectEachOnce(load)
      const count = (kind: 'order' | 'cancel' | 'replace') => load.accepted(kind).length
      console.info(
        `${count('order')} orders, ${count('cancel')} cancels, ${count('replace')} replacements, ${KILLS} kills`,
      )
      expect(count('order')).toBeGreaterThan(50)
      const { code, output } = await runCommand(place, 'verify-command')
      expect(output).toContain('0 broken')
      expect(code).toBe(0)
    } finally {
      load.stop()
      await stack.stop()
    }
  },
  SECONDS * 2_000 + GRACE_MS,
)
