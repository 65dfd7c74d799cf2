import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { runningPostgres } from '@paddock/pg-embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPlace, type RunningStack, runCommand, startStackProcess } from '../support/running-stack.ts'
import { SeedCustomer } from '../support/seed-routes.ts'

const FIRM = 'f1f10000-0000-4000-8000-000000000001'

interface Fault {
  readonly says: string
  readonly sql: string
}

/** Each makes the platform's mirror of the broker wrong in one way that a living platform cannot mend. */
const faults: readonly Fault[] = [
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
  {
    says: 'but the broker has it with something else',
    sql: `update platform.intents set request = jsonb_set(request, '{amount}', '"7.01"') where kind = 'journal'`,
  },
  {
    says: 'but the broker has it between other accounts',
    sql: `update platform.intents set request = jsonb_set(request, '{entries,1,to_account}', to_jsonb(id::text))
      where kind = 'journal_batch'`,
  },
]

/** This one a living platform settles before anybody can look. */
const unknownOutcome: Fault = {
  says: 'and is still open',
  sql: `update platform.intents
    set state = 'open', broker_id = null, settled_at = null, called_at = now() - interval '11 minutes'
    where id = (select id from platform.intents where kind = 'order' and state = 'accepted' limit 1)`,
}

let place: Awaited<ReturnType<typeof newPlace>>

beforeAll(async () => {
  place = await newPlace()
})

afterAll(() => place?.[Symbol.asyncDispose]())

test("verify finds the demo world's books right, and each fault in the platform's mirror of them", async () => {
  const stack = await startStackProcess(place)
  try {
    await moveByJournals(stack)
    const right = await runCommand(place, 'verify-command')
    expect(right.output).toMatch(/\n\d+ invariants checked, 0 broken\./)
    expect(right.code).toBe(0)
    await plantAndFind(faults)
  } finally {
    await stack.stop()
  }
}, 180_000)

test('verify finds a call whose outcome nobody has looked for, while the platform is away', async () => {
  const stack = await startStackProcess(place, ['--only', 'broker'])
  try {
    await plantAndFind([unknownOutcome])
  } finally {
    await stack.stop()
  }
}, 120_000)

async function plantAndFind(planted: readonly Fault[]): Promise<void> {
  await asOwner(async (owner) => {
    for (const { says, sql } of planted) {
      const { rowCount } = await owner.query(sql)
      expect(rowCount, sql).toBe(1)
      const { code, output } = await runCommand(place, 'verify-command')
      expect(output).toContain(says)
      expect(code).toBe(1)
    }
  })
}

/** The demo world has no journals: its operator makes one, and two at once. */
async function moveByJournals({ platform }: RunningStack): Promise<void> {
  const operator = new SeedCustomer(platform, 'ops@paddock.example')
  await operator.signIn('ops-demo-password')
  const to_account = await asOwner(async (owner) => {
    const { rows } = await owner.query<{ id: string }>(
      `select id from broker.accounts where status = 'ACTIVE' and account_type <> 'firm' limit 1`,
    )
    return rows[0]?.id
  })
  const cash = { entry_type: 'JNLC', from_account: FIRM }
  await operator.expectOk('POST', '/journals', { ...cash, to_account, amount: 7 })
  const entries = [1.5, 2].map((amount) => ({ to_account, amount }))
  await operator.expectOk('POST', '/journals/batch', { ...cash, entries })
}

async function asOwner<Answer>(work: (owner: pg.Client) => Promise<Answer>): Promise<Answer> {
  const secrets = JSON.parse(await readFile(path.join(place.dataDir, 'secrets.json'), 'utf8'))
  const running = await runningPostgres(place.dataDir, secrets.database_password)
  const owner = new pg.Client({ connectionString: running?.url('paddock') })
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}
