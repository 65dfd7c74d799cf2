import { FieldCipher, listen, type MigrationSource, openDatabase } from '@paddock/service'
import { openBank } from './bank/bank-client.ts'
import { AssetBook } from './broker/asset-book.ts'
import { openBroker } from './broker/client.ts'
import { followBrokerEvents } from './broker/follow-events.ts'
import type { PlatformConfig, SettleSettings } from './config.ts'
import type { PlatformContext } from './context.ts'
import type { DB } from './db/schema.ts'
import { buildPlatformApp } from './http/platform-app.ts'
import { createAccessTokens } from './identity/access-token.ts'
import { PasswordHasher } from './identity/password.ts'
import { endSessionsOfPublicPasswords } from './identity/sessions-store.ts'
import { ensureOperator, markDemoUser } from './identity/sign-up.ts'
import { CallsInFlight } from './intents/calls-in-flight.ts'
import { keepSettling } from './intents/settle-intents.ts'
import { LiveHub } from './live/live-hub.ts'

export type { BankSettings, BrokerSettings, PlatformConfig, SettleSettings } from './config.ts'

export interface PlatformServer extends AsyncDisposable {
  readonly url: string
  /** All that it serves, such as `GET /api/me`: for tests that must not forget one. */
  readonly routes: readonly string[]
  /** Makes sure that an operator with this e-mail and password exists. */
  ensureOperator(email: string, password: string, isPasswordPublic?: boolean): Promise<void>
  /** Makes this user (the `cognito_user_id` of its sign-up) the demo customer. */
  markDemoUser(userId: string): Promise<void>
  close(): Promise<void>
}

/** What must be applied to the platform's schema before it starts. */
export const platformMigrations: readonly MigrationSource[] = [
  { name: 'platform', folder: new URL('../migrations/', import.meta.url) },
]

/** Starts the platform on a migrated database. It serves when this returns, and leaves nothing behind when closed. */
export async function startPlatform(config: PlatformConfig): Promise<PlatformServer> {
  const tokens = await createAccessTokens(config.signingKey)
  const db = openDatabase<DB>({ url: config.databaseUrl, schema: 'platform' })
  const broker = openBroker(config.broker)
  const log = { warn: (_error: unknown, _what: string): void => undefined }
  const ctx: PlatformContext = {
    config,
    db,
    clock: config.clock ?? { now: () => Temporal.Now.instant() },
    cipher: new FieldCipher(config.cipherKey),
    passwords: new PasswordHasher(),
    tokens,
    live: new LiveHub(),
    broker,
    bank: openBank(config.bank),
    assets: new AssetBook(broker),
    calls: new CallsInFlight(),
    settle: settleSettings(config),
    warn: (error, what) => log.warn(error, what),
    origins: new Set(config.webOrigins),
  }
  const { app, routes } = await buildPlatformApp(ctx)
  log.warn = (error, what) => app.log.warn({ err: error }, what)
  const stop = new AbortController()
  const background: Promise<unknown>[] = []

  async function close(): Promise<void> {
    stop.abort()
    ctx.live.closeAll()
    await app.close()
    await Promise.all(background)
    // A call that was made must be written down, or its outcome is unknown for no reason.
    await ctx.calls.settled()
    await db.destroy()
  }

  try {
    if (!config.demo) await endSessionsOfPublicPasswords(db, ctx.clock.now())
    const url = await listen(app, config)
    for (const origin of originsOf(url)) ctx.origins.add(origin)
    background.push(followBrokerEvents(ctx, stop.signal), keepSettling(ctx, stop.signal))
    return {
      url,
      routes,
      ensureOperator: (email, password, isPasswordPublic) =>
        ensureOperator(ctx, email, password, isPasswordPublic),
      markDemoUser: (userId) => markDemoUser(ctx, userId),
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Ours heeds keys, so asking it again at once is safe; at the vendor only time tells a lost call from a slow one. */
function settleSettings({ broker, settle }: PlatformConfig): SettleSettings {
  return { everyMs: 1_000, graceMs: broker.mode === 'embedded' ? 3_000 : 30_000, ...settle }
}

/** Our own pages, by either name of the loopback address. */
function originsOf(url: string): string[] {
  const { origin } = new URL(url)
  return [origin, origin.replace('//127.0.0.1', '//localhost')]
}
