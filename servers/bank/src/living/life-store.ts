import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { BankLives } from '../db/schema.ts'
import type { Balances, PlanStart } from './plan-life.ts'

/** A transaction that a custom user's JSON wrote down. */
export interface Override {
  position: number
  name: string
  amountMinor: string
  authorizedOn: string
  postedOn: string
  /** It comes on top of what else the account has; one that is written down takes its place. */
  isModel?: boolean
}

export interface NewLife {
  institutionId: string
  loginKey: string
  script: string
  seed: string
  overrides: readonly Override[]
  openedAt: Temporal.Instant
}

export interface Life extends NewLife {
  livedUntil: Temporal.Instant | null
  /** The number of the last change. */
  head: bigint
  refreshes: number
  /** From where on to plan; nothing where that is the beginning. */
  planStart: PlanStart | undefined
  /** Before this instant nothing more happens by living; null where nobody has looked. */
  nextAt: Temporal.Instant | null
  /** The last entry of each account that was told or needs no telling. */
  entriesSeen: Record<string, bigint>
}

/** Begins the life of a login, once. */
export async function insertLife(tx: Tx, life: NewLife): Promise<void> {
  await tx
    .insertInto('bank_lives')
    .values({
      institution_id: life.institutionId,
      login_key: life.loginKey,
      script: life.script,
      seed: life.seed,
      overrides: JSON.stringify(life.overrides),
      opened_at: life.openedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Locks a life, so that two looks at it do not both live the same hours. */
export async function lockLife(tx: Tx, institutionId: string, loginKey: string): Promise<Life | undefined> {
  const row = await tx
    .selectFrom('bank_lives')
    .selectAll()
    .where('institution_id', '=', institutionId)
    .where('login_key', '=', loginKey)
    .forUpdate()
    .executeTakeFirst()
  return row === undefined ? undefined : toLife(row)
}

export async function saveLife(tx: Tx, life: Life): Promise<void> {
  await tx
    .updateTable('bank_lives')
    .set({
      lived_until: life.livedUntil,
      head: life.head,
      refreshes: life.refreshes,
      plan_month: life.planStart?.month.toPlainDate({ day: 1 }) ?? null,
      plan_balances: writeMinors(life.planStart?.balances ?? {}),
      next_at: life.nextAt,
      entries_seen: writeMinors(life.entriesSeen),
    })
    .where('institution_id', '=', life.institutionId)
    .where('login_key', '=', life.loginKey)
    .execute()
}

export interface LoginRef {
  institutionId: string
  loginKey: string
}

/** Whose account this is. */
export async function findLoginOf(
  db: Db | Tx,
  accountId: string,
): Promise<(LoginRef & { openedAt: Temporal.Instant }) | undefined> {
  const row = await db
    .selectFrom('bank_accounts')
    .select(['institution_id', 'login_key', 'opened_at'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (row === undefined || row.institution_id === null || row.login_key === null) return undefined
  return { institutionId: row.institution_id, loginKey: row.login_key, openedAt: row.opened_at }
}

function toLife(row: Selectable<BankLives>): Life {
  return {
    institutionId: row.institution_id,
    loginKey: row.login_key,
    script: row.script,
    seed: row.seed,
    overrides: row.overrides as unknown as Override[],
    openedAt: row.opened_at,
    livedUntil: row.lived_until,
    head: row.head,
    refreshes: row.refreshes,
    planStart:
      row.plan_month === null
        ? undefined
        : { month: row.plan_month.toPlainYearMonth(), balances: readMinors(row.plan_balances) as Balances },
    nextAt: row.next_at,
    entriesSeen: readMinors(row.entries_seen),
  }
}

/** JSON has no whole numbers of this size. */
function writeMinors(minors: Readonly<Record<string, bigint>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(minors).map(([key, minor]) => [key, `${minor}`])))
}

function readMinors(json: unknown): Record<string, bigint> {
  const texts = Object.entries(json as Record<string, string>)
  return Object.fromEntries(texts.map(([key, text]) => [key, BigInt(text)]))
}
