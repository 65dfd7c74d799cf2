import { newYorkDate } from '@paddock/calendar'
import { type BookedAccount, isDebt } from '../bank-accounts/bank-account.ts'
import { houseAccount, listAccountsOfLogin } from '../bank-accounts/bank-account-store.ts'
import { holdAvailable, lockAccounts, postMovement } from '../bank-accounts/post-movement.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { scriptNamed } from '../personas/routines.ts'
import { scriptOfLogin } from '../personas/sign-in.ts'
import { type BankTransaction, putTransactions } from './bank-transaction.ts'
import { tellEntries } from './entries.ts'
import { insertLife, type Life, type LoginRef, lockLife, saveLife } from './life-store.ts'
import { planOverrides } from './overrides.ts'
import { planLife } from './plan-life.ts'
import type { LifeScript, Planned } from './routine.ts'

/** What is being lived: the life, locked, its accounts by position, and the changes so far. */
export interface Living {
  tx: Tx
  life: Life
  accounts: ReadonlyMap<number, BookedAccount>
  changes: BankTransaction[]
}

/** Lives a login up to now: what fell due since the last look is booked and told. Answers the life, locked. */
export async function liveUpToNow(ctx: BankContext, tx: Tx, login: LoginRef): Promise<Life> {
  const booked = await listAccountsOfLogin(tx, login.institutionId, login.loginKey)
  const life = await beginOrLock(ctx, tx, login)
  const now = ctx.clock.now()
  const isStill = life.nextAt !== null && isAfter(life.nextAt, now)
  if (isStill && booked.every(({ id, entryCount }) => entryCount <= (life.entriesSeen[id] ?? 0n))) return life
  const accounts = new Map(
    booked.flatMap((one) => (one.position === null ? [] : [[one.position, one] as const])),
  )
  const living: Living = { tx, life, accounts, changes: [] }
  if (!isStill) await liveOn(living, now)
  await tellEntries(living)
  if (living.changes.length > 0) await putTransactions(tx, latest(living.changes))
  await saveLife(tx, life)
  return life
}

async function liveOn(living: Living, now: Temporal.Instant): Promise<void> {
  const { life } = living
  const script = fitted(scriptNamed(life.script), living)
  // A life that stands still has nothing more to come than what was planned when it was first seen.
  const isPlanned = script.isAlive || life.livedUntil === null
  const plan = isPlanned
    ? planLife(script, life, script.isAlive ? now : life.openedAt, life.planStart)
    : undefined
  const planned = [...(plan?.planned ?? []), ...planOverrides(life)]
  if (life.livedUntil === null) tellPast(living, script, planned)
  const moments = momentsFrom(script, life, planned)
  await happen(
    living,
    moments.filter(({ at }) => !isAfter(at, now)),
    now,
  )
  life.livedUntil = now
  const next = moments.find(({ at }) => isAfter(at, now))?.at ?? NEVER
  life.nextAt = script.isAlive && plan !== undefined ? earlier(next, plan.completeUntil) : next
  if (script.isAlive) life.planStart = plan?.restart
}

async function beginOrLock(ctx: BankContext, tx: Tx, login: LoginRef): Promise<Life> {
  const found = await lockLife(tx, login.institutionId, login.loginKey)
  if (found !== undefined) return found
  // A login from before banks lived has its past and stands still from here on.
  const script = scriptOfLogin(login.loginKey)
  const seed = `${login.institutionId}|${login.loginKey}`
  await insertLife(tx, { ...login, script, seed, overrides: [], openedAt: ctx.clock.now() })
  const begun = await lockLife(tx, login.institutionId, login.loginKey)
  if (begun === undefined) throw new Error('a life that was begun is there')
  return begun
}

/** A script for the accounts there are; those that a JSON wrote transactions for have no others. */
function fitted(script: LifeScript, { accounts, life }: Living): LifeScript {
  if (script.name !== 'told') return script
  const written = new Set(
    life.overrides.filter(({ isModel }) => isModel !== true).map(({ position }) => position),
  )
  const first = (subtype: string) =>
    [...accounts].find(([position, one]) => one.subtype === subtype && !written.has(position))?.[0]
  const found = Object.entries({
    checking: first('checking'),
    savings: first('savings'),
    card: first('credit card'),
  })
  return { ...script, positions: Object.fromEntries(found.filter(([, position]) => position !== undefined)) }
}

/** What came before the account was opened stands in its opening balance: it is told and moves nothing. */
function tellPast(living: Living, script: LifeScript, planned: readonly Planned[]): void {
  const { openedAt } = living.life
  const past = planned
    .filter((one) => !one.isDropped && !isAfter(one.postedAt, openedAt))
    .sort((a, b) => Temporal.Instant.compare(a.postedAt, b.postedAt))
  for (const one of past) {
    const isKnown = one.learnedAt === null || !isAfter(one.learnedAt, openedAt)
    change(living, one, { ...postedFacts(one, isKnown), pendingId: null })
  }
  if (script.name === 'told') tellHolds(living)
}

/** Where less is available than there is, something is pending that never posts: these balances stand still. */
function tellHolds(living: Living): void {
  const on = newYorkDate(living.life.openedAt)
  for (const account of living.accounts.values()) {
    const { id, type, balanceMinor, availableMinor } = account
    if (isDebt(type) || type !== 'depository' || availableMinor === null || availableMinor >= balanceMinor)
      continue
    living.changes.push({
      accountId: id,
      id: 'hold',
      changedNo: nextNo(living.life),
      state: 'pending',
      amountMinor: availableMinor - balanceMinor,
      name: 'CORMORANT FUEL 0341 FERNWOOD',
      merchantId: 'cormorant',
      category: 'TRANSPORTATION_GAS',
      confidence: 'VERY_HIGH',
      method: 'in_store',
      date: on,
      authorizedOn: on,
      pendingId: null,
      entrySeq: null,
    })
  }
}

const NEVER = Temporal.Instant.from('9999-01-01T00:00:00Z')

interface Moment {
  at: Temporal.Instant
  kind: 'show' | 'post' | 'learn'
  planned: Planned
}

/** What is still to come of a plan, in order. */
function momentsFrom(script: LifeScript, life: Life, planned: readonly Planned[]): Moment[] {
  const { livedUntil } = life
  return planned
    .filter((one) => script.name !== 'told' || isOverride(one))
    .flatMap((one) => momentsOf(one, life))
    .filter(({ at }) => livedUntil === null || isAfter(at, livedUntil))
    .sort((a, b) => Temporal.Instant.compare(a.at, b.at) || (a.planned.id < b.planned.id ? -1 : 1))
}

async function happen(living: Living, moments: readonly Moment[], now: Temporal.Instant): Promise<void> {
  if (moments.length === 0) return
  const currencies = new Set([...living.accounts.values()].map(({ currency }) => currency))
  const outside: string[] = []
  for (const currency of currencies) outside.push(await houseAccount(living.tx, 'outside', now, currency))
  // All at once and in one order: entries of the ACH operator wait for the same accounts.
  await lockAccounts(living.tx, [...[...living.accounts.values()].map(({ id }) => id), ...outside])
  for (const moment of moments) await live(living, moment)
}

function momentsOf(planned: Planned, { openedAt }: Life): Moment[] {
  const { shownAt, postedAt, learnedAt, heldMinor, isDropped } = planned
  const isPast = !isAfter(postedAt, openedAt)
  const moments: Moment[] = []
  if (!isPast && heldMinor !== null) moments.push({ at: shownAt, kind: 'show', planned })
  if (!isPast) moments.push({ at: postedAt, kind: 'post', planned })
  if (learnedAt !== null && !isDropped && isAfter(learnedAt, openedAt)) {
    moments.push({ at: learnedAt, kind: 'learn', planned })
  }
  return moments
}

async function live(living: Living, { at, kind, planned }: Moment): Promise<void> {
  const account = living.accounts.get(planned.position)
  if (account === undefined) return
  const held = planned.heldMinor ?? 0n
  if (kind === 'show') {
    await holdAvailable(living.tx, account.id, held < 0n ? held : 0n)
    change(living, planned, pendingFacts(planned))
    return
  }
  if (kind === 'learn') {
    change(living, planned, postedFacts(planned, true))
    return
  }
  if (planned.heldMinor !== null) {
    await holdAvailable(living.tx, account.id, held < 0n ? -held : 0n)
    change(living, planned, { ...pendingFacts(planned), state: 'removed' })
  }
  if (planned.isDropped) return
  await book(living, account, planned.id, planned.name, planned.amountMinor, at)
  change(living, planned, postedFacts(planned, planned.learnedAt === null))
}

/** Moves the money of something that posted; the other side is the world outside. */
export async function book(
  { tx }: Living,
  { id, currency }: Pick<BookedAccount, 'id' | 'currency'>,
  cause: string,
  description: string,
  amountMinor: bigint,
  at: Temporal.Instant,
): Promise<void> {
  if (amountMinor === 0n) return
  const outside = await houseAccount(tx, 'outside', at, currency)
  await postMovement(tx, {
    key: `living.${id}.${cause}`,
    kind: 'living',
    description,
    at,
    lines: [
      { accountId: id, amountMinor },
      { accountId: outside, amountMinor: -amountMinor },
    ],
  })
}

type Facts = Pick<
  BankTransaction,
  'id' | 'state' | 'amountMinor' | 'date' | 'pendingId' | 'merchantId' | 'category' | 'confidence'
>

function pendingFacts(planned: Planned): Facts {
  const { id, merchantId, category, confidence, authorizedOn } = planned
  const amountMinor = planned.heldMinor ?? planned.amountMinor
  const facts = { merchantId, category, confidence, amountMinor, pendingId: null }
  return { ...facts, id: `${id}.pending`, state: 'pending', date: authorizedOn }
}

/** A text that nobody has recognized yet has no merchant and no category. */
function postedFacts(planned: Planned, isKnown: boolean): Facts {
  const { id, amountMinor, postedAt, merchantId, category, confidence, heldMinor } = planned
  const date = newYorkDate(postedAt)
  const pendingId = heldMinor === null ? null : `${id}.pending`
  const facts = { id, state: 'posted' as const, amountMinor, date, pendingId }
  if (isKnown) return { ...facts, merchantId, category, confidence }
  return { ...facts, merchantId: null, category: 'OTHER_OTHER', confidence: 'LOW' }
}

function change(living: Living, planned: Planned, facts: Facts): void {
  const account = living.accounts.get(planned.position)
  if (account === undefined) return
  const { name, method, authorizedOn } = planned
  const changedNo = nextNo(living.life)
  living.changes.push({
    accountId: account.id,
    name,
    method,
    authorizedOn,
    entrySeq: null,
    changedNo,
    ...facts,
  })
}

export function nextNo(life: Life): bigint {
  life.head += 1n
  return life.head
}

/** One statement cannot write the same row twice: of several changes the last one counts. */
function latest(changes: readonly BankTransaction[]): BankTransaction[] {
  return [...new Map(changes.map((one) => [`${one.accountId}|${one.id}`, one])).values()]
}

const isOverride = ({ id }: Planned) => id.startsWith('override.')
const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (isAfter(a, b) ? b : a)
const isAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) > 0
