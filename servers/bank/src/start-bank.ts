import { createHttpServer, FieldCipher, listen, openDatabase, serveReadiness } from '@paddock/service'
import { sql } from 'kysely'
import type { BankConfig } from './config.ts'
import type { BankContext } from './context.ts'
import type { DB } from './db/schema.ts'
import { presentClientError } from './http/errors.ts'
import { serveBank } from './http/serve-bank.ts'

export interface BankServer extends AsyncDisposable {
  url: string
  close(): Promise<void>
}

/** Starts the bank on a migrated database. */
export async function startBank(config: BankConfig): Promise<BankServer> {
  const db = openDatabase<DB>({ url: config.databaseUrl, schema: 'bank' })
  const ctx: BankContext = {
    db,
    clock: config.clock,
    cipher: new FieldCipher(config.cipherKey),
    clients: [config.keys, ...(config.partners ?? [])],
    linkOrigins: config.linkOrigins,
  }
  try {
    const app = await createHttpServer({
      name: 'bank',
      logLevel: config.logLevel,
      bodyLimitBytes: 262_144,
      presentClientError,
    })
    serveReadiness(app, {
      database: async () => {
        await sql`select 1`.execute(db)
      },
      migrations: async () => {
        await sql`select 1 from link_events limit 1`.execute(db)
      },
    })
    await serveBank(app, ctx)
    const url = await listen(app, config)
    const close = async () => {
      await app.close()
      await db.destroy()
    }
    return { url, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await db.destroy()
    throw error
  }
}
