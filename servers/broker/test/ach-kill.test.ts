import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { achSteps } from '../src/origination/steps.ts'
import { type AchWorld, achWorld } from './ach-world.ts'
import { booksAreRight } from './funding-facts.ts'

const PROCESS = fileURLToPath(new URL('./ach-broker-process.ts', import.meta.url))

/** Another broker process comes to the cut-off and is killed at this step. */
async function dieAt(world: AchWorld, step: string, cutoffAt: string): Promise<void> {
  const { databaseUrl, ach } = world.config
  const child = spawn(process.execPath, [PROCESS, databaseUrl, ach.folder, cutoffAt, step], {
    stdio: 'inherit',
  })
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
}

/** A killed worker's lease ends by itself, half a minute later; nobody wants to wait for it here. */
const endLeases = (world: AchWorld) =>
  sql`update agenda set leased_until = now() - interval '1 second'`.execute(world.db)

test.for(achSteps)(
  'a broker that is killed when a file is "%s" leaves the same bytes or none, and each transfer once',
  { timeout: 60_000 },
  async (step) => {
    await using world = await achWorld()
    const people = [
      await world.seasonedAccount('300'),
      await world.linkedAccount(),
      await world.linkedAccount(),
    ]
    const asked = []
    for (const [index, person] of people.entries()) {
      asked.push(
        await world.must(world.transfer(person, `${10 + index}.50`, index === 0 ? 'OUTGOING' : 'INCOMING')),
      )
    }
    const cutoffAt = asked[0].cutoff_at as string
    await dieAt(world, step, cutoffAt)

    const sealed = await world.db.selectFrom('ach_files').select(['name', 'sha256', 'status']).execute()
    const states = await world.db
      .selectFrom('transfers')
      .select('status')
      .where(
        'id',
        'in',
        asked.map(({ id }) => id),
      )
      .execute()
    const bound = achSteps.indexOf(step) >= achSteps.indexOf('sealed')
    expect(sealed.length).toBe(bound ? 1 : 0)
    expect(new Set(states.map(({ status }) => status))).toEqual(
      new Set([bound ? 'SENT_TO_CLEARING' : 'QUEUED']),
    )
    const seen = await world.sent()
    expect(seen.length).toBe(achSteps.indexOf(step) >= achSteps.indexOf('drop:renamed') ? 1 : 0)

    await endLeases(world)
    await world.advance({ to: cutoffAt })
    const files = await world.db.selectFrom('ach_files').select(['name', 'sha256', 'status']).execute()
    expect(files.length).toBe(1)
    expect(files[0]?.status).toBe('SENT')
    if (bound) expect(files[0]?.sha256).toBe(sealed[0]?.sha256)
    const now = await world.sent()
    expect(now.length).toBe(1)
    if (seen.length > 0) expect(now[0]?.text).toBe(seen[0]?.text)
    const entries = await world.entries()
    expect(entries.map(({ amountMinor }) => amountMinor).sort()).toEqual([10_50n, 11_50n, 12_50n])
    expect(await world.ops('files')).toMatchObject([{ entries: 3, debits: '24', credits: '10.5' }])
    await booksAreRight(world)
  },
)
