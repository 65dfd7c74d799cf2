import fc from 'fast-check'
import { type DirectTransfer, ledgerAccountId, type NewAccount, type Transfer } from '../src/index.ts'
import { noon } from './books.ts'

/** The cast of one run: few accounts, so that they are hot; one has debts allowed, one another asset. */
export function castOf(run: string): NewAccount[] {
  const account = (owner: string, kind: string, asset: string, floor: bigint | null) => ({
    id: ledgerAccountId(`${run}-${owner}`, kind, asset),
    owner: `${run}-${owner}`,
    kind,
    asset,
    floor,
  })
  return [
    account('firm', 'street', 'USD', null),
    account('alice', 'cash', 'USD', 0n),
    account('bob', 'cash', 'USD', 0n),
    account('carol', 'cash', 'USD', -50n),
    account('firm', 'street', 'SPY', null),
    account('alice', 'shares', 'SPY', 0n),
  ]
}

/**
 * One line of a generated story. Numbers that name something wrap around, so that any number means
 * something; `id` is a fresh one when undefined, else one of few, so that ids collide.
 */
export type Line = { minute: number; id: number | undefined } & (
  | {
      do: 'move' | 'hold'
      way: readonly [from: number, to: number]
      amount: number
      cause: number | undefined
    }
  | { do: 'settle'; pend: number; amount: number | undefined }
  | { do: 'release'; pend: number }
  | { do: 'again'; earlier: number; change: 'nothing' | 'amount' | 'cause' | 'type' }
)

/** Undefined in eleven cases of twelve. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 11, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const number = fc.nat({ max: 60 })
const common = { minute: fc.nat({ max: 20 }), id: seldom(fc.nat({ max: 12 })) }
const amount = fc.oneof(
  { weight: 15, arbitrary: fc.integer({ min: 1, max: 45 }) },
  { weight: 1, arbitrary: fc.integer({ min: -1, max: 0 }) },
)
const dollars = fc.nat({ max: 3 })
const way = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(dollars, dollars) },
  { weight: 3, arbitrary: fc.constantFrom([4, 5] as const, [5, 4] as const) },
  { weight: 1, arbitrary: fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 })) },
)

const line: fc.Arbitrary<Line> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...common,
      do: fc.constantFrom('move' as const, 'hold' as const),
      way,
      amount,
      cause: seldom(fc.nat({ max: 12 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...common,
      do: fc.constant('settle' as const),
      pend: number,
      amount: sometimes(amount),
    }),
  },
  { weight: 2, arbitrary: fc.record({ ...common, do: fc.constant('release' as const), pend: number }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...common,
      do: fc.constant('again' as const),
      earlier: number,
      change: fc.constantFrom('nothing', 'nothing', 'nothing', 'amount', 'cause', 'type'),
    }) as fc.Arbitrary<Line>,
  },
)

/** A story: batches of lines. Short batches are likelier to pass as a whole. */
export const script = fc.array(fc.array(line, { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 14,
})

export function instantOf(minute: number): Temporal.Instant {
  return noon.add({ minutes: minute })
}

/** Money and shares to begin with, so that not everything is refused. */
export function opening(run: string, cast: readonly NewAccount[]): Transfer[] {
  const fund = (from: number, to: number, amount: bigint): DirectTransfer => {
    const id = `${run}-fund-${to}`
    const cause = { kind: 'story', id, step: 'fund' }
    return {
      type: 'post',
      id,
      from: nameOf(run, cast, from),
      to: nameOf(run, cast, to),
      amount,
      cause,
      at: noon,
    }
  }
  const hold = (from: number, to: number, amount: bigint): Transfer => {
    return { ...fund(from, to, amount), type: 'pend', id: `${run}-hold-${from}`, cause: holdCause(from) }
  }
  const holdCause = (from: number) => ({ kind: 'story', id: `${run}-hold-${from}`, step: 'hold' })
  return [
    fund(0, 1, 100n),
    fund(0, 2, 40n),
    fund(4, 5, 60n),
    hold(1, 0, 20n),
    hold(0, 2, 30n),
    hold(5, 4, 9n),
  ]
}

/** Turns lines into requests of one run. `told` collects them, so that a later line can refer to one. */
export function requestsOf(
  run: string,
  cast: readonly NewAccount[],
  lines: readonly Line[],
  told: Transfer[],
) {
  const from = told.length
  for (const line of lines) {
    const request = requestOf(run, cast, line, told)
    if (request !== undefined) told.push(request)
  }
  return told.slice(from)
}

function requestOf(
  run: string,
  cast: readonly NewAccount[],
  line: Line,
  told: readonly Transfer[],
): Transfer | undefined {
  const at = instantOf(line.minute)
  if (line.do === 'again') {
    const earlier = told[line.earlier % Math.max(1, told.length)]
    return earlier === undefined ? undefined : changed({ ...earlier, at }, line.change)
  }
  const id = line.id === undefined ? `${run}-new-${told.length}` : `${run}-${line.id}`
  if (line.do === 'settle' || line.do === 'release') {
    const cause = { kind: 'story', id, step: line.do }
    const pends = told.filter(({ type }) => type === 'pend')
    if (pends.length === 0) return undefined
    // One number past the pends names one that was never made.
    const pendingId = pends[line.pend % (pends.length + 1)]?.id ?? `${run}-no-pend`
    if (line.do === 'release') return { type: 'void_pending', id, pendingId, cause, at }
    const amount = line.amount === undefined ? undefined : BigInt(line.amount)
    return { type: 'post_pending', id, pendingId, amount, cause, at }
  }
  const [from, to] = line.way.map((index) => nameOf(run, cast, index))
  // That an account pays itself is a bug of the caller, not a rule to be tested here.
  if (from === undefined || to === undefined || from === to) return undefined
  const cause = { kind: 'story', id: line.cause === undefined ? id : `${run}-${line.cause}`, step: 'move' }
  return { type: line.do === 'move' ? 'post' : 'pend', id, from, to, amount: BigInt(line.amount), cause, at }
}

/** One number past the cast names an account that nobody opened. */
function nameOf(run: string, cast: readonly NewAccount[], index: number): string {
  return cast[index]?.id ?? `${run}-nobody:cash:USD`
}

function changed(request: Transfer, change: 'nothing' | 'amount' | 'cause' | 'type'): Transfer {
  if (change === 'cause') return { ...request, cause: { ...request.cause, step: 'other' } }
  if ('pendingId' in request) return request
  if (change === 'amount') return { ...request, amount: request.amount + 1n }
  if (change === 'type') return { ...request, type: request.type === 'post' ? 'pend' : 'post' }
  return request
}
