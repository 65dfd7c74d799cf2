import { AchDrop, simulatedAgreement } from '@paddock/ach-drop'
import {
  Agenda,
  createHttpServer,
  FieldCipher,
  type JobHandler,
  listen,
  openDatabase,
  serveReadiness,
} from '@paddock/service'
import { sql } from 'kysely'
import type { AchOperator } from './ach-operator/operator.ts'
import { scheduleOperator } from './ach-operator/operator-jobs.ts'
import { indexNumbers } from './bank-accounts/index-numbers.ts'
import type { BankConfig } from './config.ts'
import type { BankContext } from './context.ts'
import type { DB } from './db/schema.ts'
import { presentClientError } from './http/errors.ts'
import { serveBank } from './http/serve-bank.ts'
import { jobHandlers } from './jobs/handlers.ts'

export interface BankServer extends AsyncDisposable {
  url: string
  close(): Promise<void>
}

/** Starts the bank on a migrated database. */
export async function startBank(config: BankConfig): Promise<BankServer> {
  const db = openDatabase<DB>({ url: config.databaseUrl, schema: 'bank' })
  const log = { onError: (_error: unknown): void => undefined }
  const common = {
    name: 'bank',
    db,
    clock: config.clock,
    handlers: bindHandlers(() => ctx),
    onError: (error: unknown) => log.onError(error),
  }
  const agendas = [
    // What a bank books depends on what it booked before.
    new Agenda({ ...common, takes: 'common', parallelJobs: 1 }),
    // An endpoint for webhooks that says nothing holds up only what is sent to itself.
    new Agenda({ ...common, takes: 'lanes', parallelJobs: 16, pollMs: 250 }),
  ]
  const ctx: BankContext = {
    db,
    clock: config.clock,
    agenda: {
      wake() {
        for (const agenda of agendas) agenda.wake()
      },
    },
    cipher: new FieldCipher(config.cipherKey),
    clients: [config.keys, ...(config.partners ?? [])],
    linkOrigins: config.linkOrigins,
    ach: await openOperator(config.ach),
  }
  const stop = () => Promise.all(agendas.map((agenda) => agenda.stop()))
  try {
    const app = await createHttpServer({
      name: 'bank',
      logLevel: config.logLevel,
      bodyLimitBytes: 262_144,
      presentClientError,
    })
    log.onError = (error) => app.log.error({ err: error }, 'background work failed')
    serveReadiness(app, {
      database: async () => {
        await sql`select 1`.execute(db)
      },
      migrations: async () => {
        await sql`select 1 from bank_entries limit 1`.execute(db)
      },
    })
    await serveBank(app, ctx)
    await indexNumbers(ctx)
    if (ctx.ach !== undefined) await scheduleOperator(ctx)
    const url = await listen(app, config)
    for (const agenda of agendas) agenda.start()
    const close = async () => {
      await app.close()
      await stop()
      await db.destroy()
    }
    return { url, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await stop()
    await db.destroy()
    throw error
  }
}

async function openOperator(ach: BankConfig['ach']): Promise<AchOperator | undefined> {
  if (ach === undefined) return undefined
  const { folder, fileKeys, agreement = simulatedAgreement, onStep = () => undefined } = ach
  return { drop: await AchDrop.open({ folder, keys: fileKeys, onStep }), agreement, onStep }
}

function bindHandlers(context: () => BankContext): Record<string, JobHandler> {
  return Object.fromEntries(
    Object.entries(jobHandlers).map(([queue, handle]) => [
      queue,
      (payload: never) => handle(context(), payload),
    ]),
  )
}
