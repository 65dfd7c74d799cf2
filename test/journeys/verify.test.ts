import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { runningPostgres } from '@paddock/pg-embedded'
import pg from 'pg'
import { expect, test } from 'vitest'
import { newPlace, runCommand, startStackProcess } from '../support/running-stack.ts'

/**
 * Each makes the platform's mirror of the broker wrong in one way. An outcome that stays unknown is not among
 * them: a living platform settles it before anybody can look.
 */
const faults: readonly { says: string; sql: string }[] = [
  {
    says: 'FAIL  I29',
    sql: `update platform.broker_events set event_id = '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'
      where event_id = (select max(event_id) from platform.broker_events where stream = 'trade')`,
  },
  {
    says: 'of the stream funding was passed over',
    sql: `delete from platform.broker_events
      where event_id = (select min(event_id) from platform.broker_events where stream = 'funding')`,
  },
  {
    says: 'but the broker has it not at all',
    sql: `update platform.intents set broker_id = gen_random_uuid()
      where id = (select id from platform.intents where kind = 'transfer' limit 1)`,
  },
]

test("verify finds the demo world's books right, and each fault in the platform's mirror of them", async () => {
  await using place = await newPlace()
  const stack = await startStackProcess(place)
  try {
    const right = await runCommand(place, 'verify-command')
    expect(right.output).toMatch(/\n\d+ invariants checked, 0 broken\./)
    expect(right.code).toBe(0)

    const secrets = JSON.parse(await readFile(path.join(place.dataDir, 'secrets.json'), 'utf8'))
    const running = await runningPostgres(place.dataDir, secrets.database_password)
    const owner = new pg.Client({ connectionString: running?.url('paddock') })
    await owner.connect()
    try {
      for (const { says, sql } of faults) {
        const { rowCount } = await owner.query(sql)
        expect(rowCount, sql).toBe(1)
        const { code, output } = await runCommand(place, 'verify-command')
        expect(output).toContain(says)
        expect(code).toBe(1)
      }
    } finally {
      await owner.end()
    }
  } finally {
    await stack.stop()
  }
}, 180_000)
