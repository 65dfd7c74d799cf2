import { Agenda, FieldCipher, type JobHandler, listen, openDatabase } from '@paddock/service'
import { beginReading } from './answers/read-inbound.ts'
import { createBankClient } from './bank/bank-client.ts'
import type { BrokerConfig } from './config.ts'
import type { BrokerContext } from './context.ts'
import { refreshMarket } from './corporate-actions/corporate-action-store.ts'
import type { DB } from './db/schema.ts'
import { EventLog } from './events/event-log.ts'
import { simulatedExchange } from './exchange/simulated-exchange.ts'
import { openFirmAccount } from './firm/firm-account.ts'
import { buildBrokerApp } from './http/broker-app.ts'
import { scheduleDailyJobs } from './jobs/daily-jobs.ts'
import { jobHandlers } from './jobs/handlers.ts'
import { openFirmAccounts } from './ledger-accounts.ts'
import { OrderIntake } from './orders/order-intake.ts'
import { nextOrderDueAt, workDueOrders } from './orders/work-orders.ts'
import { openAchDesk } from './origination/ach-desk.ts'
import { createHoldings } from './positions/holdings.ts'

export { achFileChecks } from './checks/ach-file-checks.ts'
export { brokerChecks } from './checks/broker-checks.ts'
export type { BrokerConfig } from './config.ts'
export { brokerMigrations } from './migrations.ts'
export { readTimetables } from './origination/read-timetable.ts'

export type BrokerServer = AsyncDisposable & {
  readonly url: string
  close(): Promise<void>
}

/** Starts the broker on a migrated database. It serves when this returns, and leaves nothing behind when closed. */
export async function startBroker(config: BrokerConfig): Promise<BrokerServer> {
  const ach = await openAchDesk(config.ach)
  const db = openDatabase<DB>({ url: config.databaseUrl, schema: 'broker' })
  const preparedDb = openDatabase<DB>({ url: config.databaseUrl, schema: 'broker', prepared: true })
  const log = { onError: (_error: unknown): void => undefined }
  const events = new EventLog({ db: preparedDb, clock: config.clock, onError: (error) => log.onError(error) })
  const agenda = new Agenda({
    name: 'broker',
    db: preparedDb,
    clock: config.clock,
    handlers: bindHandlers(() => ctx),
    dueTable: { nextAt: () => nextOrderDueAt(ctx), work: () => workDueOrders(ctx) },
    onError: (error) => log.onError(error),
  })
  const ctx: BrokerContext = {
    db,
    preparedDb,
    clock: config.clock,
    agenda,
    bank: createBankClient(config),
    cipher: new FieldCipher(config.cipherKey),
    config,
    events,
    holdings: createHoldings({ clock: config.clock, market: config }),
    venue: simulatedExchange(config),
    orderIntake: new OrderIntake(() => ctx),
    ach,
  }
  const app = await buildBrokerApp(ctx)
  log.onError = (error) => app.log.error({ err: error }, 'background work failed')

  async function close(): Promise<void> {
    await app.close()
    await ctx.orderIntake.idle()
    await agenda.stop()
    await events.stop()
    await preparedDb.destroy()
    await db.destroy()
  }

  try {
    await db.transaction().execute(async (tx) => {
      await openFirmAccounts(tx)
      await openFirmAccount(tx, config.clock.now())
    })
    await refreshMarket(db, config)
    await scheduleDailyJobs(ctx)
    await beginReading(ctx)
    const url = await listen(app, config)
    events.wake()
    agenda.start()
    return { url, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

function bindHandlers(context: () => BrokerContext): Record<string, JobHandler> {
  return Object.fromEntries(
    Object.entries(jobHandlers).map(([queue, handle]) => [
      queue,
      (payload: never) => handle(context(), payload),
    ]),
  )
}
