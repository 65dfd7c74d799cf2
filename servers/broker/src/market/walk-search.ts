import { knotMillionths, OCTAVES, octavePpm, passedMillionths } from './random-walk.ts'

/** What is looked for among the seconds at which the sum of two walks has a value. */
export interface WalkSearch {
  readonly fromSecond: number
  /** Included. */
  readonly toSecond: number
  /** Which parts are looked at first: the earlier, or those that may reach higher, or lower. */
  readonly order: 'time' | 'high' | 'low'
  /** Whether anything could be found where the sum stays between `lowest` and `highest`; what is not worth it is skipped. */
  isWorthLooking(lowest: number, highest: number, fromSecond: number, toSecond: number): boolean
  /** Shown the value of a second; true ends the search. */
  visit(value: number, second: number): boolean
}

const FASTEST = 0
const SLOWEST = OCTAVES.length - 1
const MILLION = 1_000_000

/** Every octave's period is as many of the next faster one's. */
const PARTS = 4

/** What the rounding of two walks can add up to, in ppm. */
const ROUNDING_PPM = 50

const periodSeconds = OCTAVES.map(({ periodMs }) => periodMs / 1000)
/** How far the two walks' octaves that are faster than this one can carry, in ppm. */
const reachPpm = OCTAVES.map((_, octave) =>
  OCTAVES.slice(0, octave).reduce((sum, { swingPpm }) => sum + 2 * swingPpm, ROUNDING_PPM),
)

/** A stretch between two knots of an octave: it and all slower ones run straight from `start` to `end`, in ppm. */
type Stretch = { readonly index: number; readonly start: number; readonly end: number }

/**
 * Looks through seconds for something without looking at all of them: between two knots of an octave the slower
 * octaves are straight lines, and the faster ones cannot carry further than the sum of their swings. So the search
 * goes from the longest stretches to the shortest, and leaves out those that cannot hold what is looked for. Answers
 * whether it was ended by a visit.
 */
export function searchWalks(keys: readonly [number, number], search: WalkSearch): boolean {
  const walks = new PairOfWalks(keys)
  const { fromSecond, toSecond, order } = search
  const period = periodSeconds[SLOWEST] as number
  const last = Math.floor(toSecond / period)
  for (let index = Math.floor(fromSecond / period); index <= last; index += 1) {
    const stretch = { index, start: walks.atKnot(SLOWEST, index), end: walks.atKnot(SLOWEST, index + 1) }
    if (look(SLOWEST, stretch)) return true
  }
  return false

  function look(octave: number, stretch: Stretch): boolean {
    const seconds = periodSeconds[octave] as number
    const first = Math.max(stretch.index * seconds, fromSecond)
    const final = Math.min(stretch.index * seconds + seconds - 1, toSecond)
    if (first > final) return false
    const reach = reachPpm[octave] as number
    const [lowest, highest] =
      stretch.start < stretch.end ? [stretch.start, stretch.end] : [stretch.end, stretch.start]
    if (!search.isWorthLooking(lowest - reach, highest + reach, first, final)) return false
    walks.enter(octave, stretch.index)
    if (octave === FASTEST) {
      for (let second = first; second <= final; second += 1) {
        if (search.visit(walks.valueAt(second), second)) return true
      }
      return false
    }
    for (const part of inOrder(walks.partsOf(octave, stretch), order)) {
      // The parts before may have left the walks elsewhere in the faster octaves, never in the slower ones.
      if (look(octave - 1, part)) return true
    }
    return false
  }
}

function inOrder(parts: Stretch[], order: WalkSearch['order']): Stretch[] {
  if (order === 'high') parts.sort((a, b) => Math.max(b.start, b.end) - Math.max(a.start, a.end))
  if (order === 'low') parts.sort((a, b) => Math.min(a.start, a.end) - Math.min(b.start, b.end))
  return parts
}

/** The sum of two walks around a place in time; the knots around it are worked out once. */
class PairOfWalks {
  readonly #keys: readonly [number, number]
  readonly #knots = OCTAVES.map(() => 0)
  readonly #from = OCTAVES.map(() => [0, 0])
  readonly #to = OCTAVES.map(() => [0, 0])

  constructor(keys: readonly [number, number]) {
    this.#keys = keys
  }

  /** What one octave of both walks adds at one of its knots, in ppm. */
  atKnot(octave: number, knot: number): number {
    const swing = OCTAVES[octave]?.swingPpm ?? 0
    const sum = this.#keys.reduce((total, key) => total + knotMillionths(key, octave, knot), 0)
    return (sum * swing) / MILLION
  }

  /** The stretches of the next faster octave within one. */
  partsOf(octave: number, { index, start, end }: Stretch): Stretch[] {
    const faster = octave - 1
    const parts: Stretch[] = []
    let knotLevel = this.atKnot(faster, index * PARTS)
    for (let part = 0; part < PARTS; part += 1) {
      const nextLevel = this.atKnot(faster, index * PARTS + part + 1)
      parts.push({
        index: index * PARTS + part,
        start: start + ((end - start) * part) / PARTS + knotLevel,
        end: start + ((end - start) * (part + 1)) / PARTS + nextLevel,
      })
      knotLevel = nextLevel
    }
    return parts
  }

  enter(octave: number, knot: number): void {
    this.#knots[octave] = knot
    this.#from[octave] = this.#keys.map((key) => knotMillionths(key, octave, knot))
    this.#to[octave] = this.#keys.map((key) => knotMillionths(key, octave, knot + 1))
  }

  /** Exactly what `walkPpm` answers, both walks together. */
  valueAt(second: number): number {
    let ppm = 0
    for (let octave = 0; octave < OCTAVES.length; octave += 1) {
      const { periodMs, swingPpm } = OCTAVES[octave] as (typeof OCTAVES)[number]
      const passed = passedMillionths(second * 1000, this.#knots[octave] as number, periodMs)
      const [from, to] = [this.#from[octave] as number[], this.#to[octave] as number[]]
      ppm += octavePpm(from[0] as number, to[0] as number, passed, swingPpm)
      ppm += octavePpm(from[1] as number, to[1] as number, passed, swingPpm)
    }
    return ppm
  }
}
