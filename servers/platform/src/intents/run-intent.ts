import { isUniqueViolation } from '@paddock/service'
import type { AccountId } from '../applications/brokerage-account.ts'
import { BrokerRefused, refusalOf } from '../broker/refusal.ts'
import { isBrokerUnavailable } from '../broker/unavailable.ts'
import type { PlatformContext } from '../context.ts'
import type { UserId } from '../identity/user.ts'
import { callKey } from './calls-in-flight.ts'
import type { Call, Intent, Outcome } from './intent.ts'
import { IntentRefused } from './intent.ts'
import { findIntent, insertIntent, settleIntent, takeOpenIntent } from './intent-store.ts'

export interface Wanted<Request> {
  readonly userId: UserId
  /** Made by whoever asks: the same id again is a retry. */
  readonly id: string
  readonly accountId?: AccountId
  readonly direction?: 'INCOMING' | 'OUTGOING'
  readonly brokerKey: string
  readonly request: Request
  readonly askedAt: Temporal.Instant
}

/** How long a second request waits for the first one of its kind before it is turned away. */
const WAIT_FOR_OTHERS_MS = 5_000
const WAIT_STEP_MS = 50

/**
 * Intent, call, outcome: writes down what is wanted, asks the broker outside any transaction, writes down
 * how it ended. The same id with the same request gets the same answer, with another request a refusal.
 */
export async function runIntent<Request, Body extends { id: string }>(
  ctx: PlatformContext,
  call: Call<Request, Body>,
  wanted: Wanted<Request>,
): Promise<Outcome<Body>> {
  const intent = toIntent(ctx, call, wanted)
  const giveUpAt = performance.now() + WAIT_FOR_OTHERS_MS
  for (;;) {
    const earlier = await findIntent(ctx.db, wanted.userId, wanted.id)
    if (earlier !== undefined) return resume(ctx, call, earlier, intent)
    try {
      // Known as under way before it is written, so that nobody finds it open and takes it for lost.
      return await ctx.calls.run(callKey(intent), async () => {
        await insertIntent(ctx.db, intent)
        return callBroker(ctx, call, intent, wanted.request)
      })
    } catch (error) {
      if (isUniqueViolation(error, 'intents_pkey')) continue
      if (isUniqueViolation(error, 'intents_broker_key')) throw new IntentRefused('request_id_taken')
      if (!isUniqueViolation(error)) throw error
      if (performance.now() > giveUpAt) throw new IntentRefused('request_under_way')
      await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS))
    }
  }
}

/** Finds out how an open intent has ended: looks first, and asks again only for what never arrived. */
export async function settleOpenIntent<Request, Body extends { id: string }>(
  ctx: PlatformContext,
  call: Call<Request, Body>,
  open: Intent,
): Promise<Outcome<Body>> {
  return ctx.calls.run(callKey(open), async () => {
    const intent = await takeOpenIntent(ctx.db, open, ctx.clock.now())
    if (intent === undefined) return { state: 'unknown', intent: open }
    const request = readRequest<Request>(ctx, intent)
    try {
      const body = await call.find(ctx, intent, request)
      if (body !== undefined) return await accept(ctx, call, intent, body, request)
    } catch (error) {
      if (!isBrokerUnavailable(error)) throw error
      return { state: 'unknown', intent }
    }
    const ageSeconds = (ctx.clock.now().epochMilliseconds - intent.createdAt.epochMilliseconds) / 1_000
    if (ageSeconds <= call.resendSeconds) return callBroker(ctx, call, intent, request)
    return refuse(ctx, intent, new BrokerRefused(NEVER_ARRIVED))
  })
}

const NEVER_ARRIVED = {
  status: 409,
  code: 'not_received',
  message: 'The broker never received this. Nothing happened; ask again if you still want it.',
  details: {},
}

async function resume<Request, Body extends { id: string }>(
  ctx: PlatformContext,
  call: Call<Request, Body>,
  earlier: Intent,
  wanted: Intent,
): Promise<Outcome<Body>> {
  const isSame =
    earlier.kind === wanted.kind &&
    earlier.accountId === wanted.accountId &&
    earlier.requestHash === wanted.requestHash
  if (!isSame) throw new IntentRefused('request_id_taken')
  if (earlier.refusal !== undefined) throw new BrokerRefused(earlier.refusal)
  if (earlier.state === 'accepted') {
    const body = await call.find(ctx, earlier, undefined)
    return body === undefined
      ? { state: 'unknown', intent: earlier }
      : { state: 'accepted', intent: earlier, body }
  }
  const present = ctx.calls.find<Outcome<Body>>(callKey(earlier))
  if (present !== undefined) return present
  const isStale = earlier.calledAt.epochMilliseconds + ctx.settle.graceMs < ctx.clock.now().epochMilliseconds
  return isStale ? settleOpenIntent(ctx, call, earlier) : { state: 'unknown', intent: earlier }
}

async function callBroker<Request, Body extends { id: string }>(
  ctx: PlatformContext,
  call: Call<Request, Body>,
  intent: Intent,
  request: Request,
): Promise<Outcome<Body>> {
  try {
    const body = await call.send(ctx, intent, request)
    return await accept(ctx, call, intent, body, request)
  } catch (error) {
    if (isBrokerUnavailable(error)) {
      ctx.warn(error, `the outcome of ${intent.kind} ${intent.id} is unknown; it will be looked for`)
      return { state: 'unknown', intent }
    }
    const refusal = error instanceof BrokerRefused ? error : refusalOf(error)
    if (refusal === undefined) throw error
    return refuse(ctx, intent, refusal)
  }
}

async function accept<Request, Body extends { id: string }>(
  ctx: PlatformContext,
  call: Call<Request, Body>,
  intent: Intent,
  body: Body,
  request: Request,
): Promise<Outcome<Body>> {
  await ctx.db.transaction().execute(async (tx) => {
    const isFirst = await settleIntent(tx, intent, { brokerId: body.id }, ctx.clock.now())
    if (isFirst) await call.onAccepted?.(ctx, tx, intent, body, request)
  })
  return { state: 'accepted', intent: { ...intent, state: 'accepted', brokerId: body.id }, body }
}

async function refuse(ctx: PlatformContext, intent: Intent, refused: BrokerRefused): Promise<never> {
  await settleIntent(ctx.db, intent, { refusal: refused.toRefusal() }, ctx.clock.now())
  throw refused
}

function toIntent<Request, Body extends { id: string }>(
  ctx: PlatformContext,
  call: Call<Request, Body>,
  { userId, id, accountId, direction, brokerKey, request, askedAt }: Wanted<Request>,
): Intent {
  const now = ctx.clock.now()
  const text = JSON.stringify(request)
  return {
    userId,
    id,
    kind: call.kind,
    accountId,
    direction,
    request: call.isSecret ? {} : request,
    secretCipher: call.isSecret ? ctx.cipher.encrypt(text, cellOf(userId, id)) : undefined,
    requestHash: ctx.cipher.blindIndex(text),
    brokerKey,
    state: 'open',
    brokerId: undefined,
    refusal: undefined,
    createdAt: now,
    askedAt,
    calledAt: now,
    calls: 1,
  }
}

function readRequest<Request>(ctx: PlatformContext, intent: Intent): Request {
  if (intent.secretCipher === undefined) return intent.request as Request
  return JSON.parse(ctx.cipher.decrypt(intent.secretCipher, cellOf(intent.userId, intent.id))) as Request
}

const cellOf = (userId: UserId, id: string) => ({
  table: 'intents',
  column: 'secret_cipher',
  rowId: `${userId}/${id}`,
})
