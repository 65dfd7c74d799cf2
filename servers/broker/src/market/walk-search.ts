import { knotFrom, OCTAVES, octavePpm, octaveState, passedMillionths } from './random-walk.ts'

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
const KNOTS = PARTS + 1

/** What the rounding of two walks can add up to, in ppm: one for each octave of either, and a little for their knots. */
const ROUNDING_PPM = 25

const periodSeconds = OCTAVES.map(({ periodMs }) => periodMs / 1000)
/** How far the two walks' octaves that are faster than this one can carry, in ppm. */
const reachPpm = OCTAVES.map((_, octave) =>
  OCTAVES.slice(0, octave).reduce((sum, { swingPpm }) => sum + 2 * swingPpm, ROUNDING_PPM),
)

/**
 * Looks through seconds for something without looking at all of them: between two knots of an octave the slower
 * octaves are straight lines, and the faster ones cannot carry further than the sum of their swings. So the search
 * goes from the longest stretches to the shortest, and leaves out those that cannot hold what is looked for. Answers
 * whether it was ended by a visit.
 */
export function searchWalks(keys: readonly [number, number], search: WalkSearch): boolean {
  // A visit may search anew, so each search that is at work has walks of its own.
  const walks = idle.pop() ?? new PairOfWalks()
  walks.begin(keys)
  try {
    return searchIn(walks, search)
  } finally {
    idle.push(walks)
  }
}

function searchIn(walks: PairOfWalks, search: WalkSearch): boolean {
  const { fromSecond, toSecond, order } = search
  const period = periodSeconds[SLOWEST] as number
  const last = Math.floor(toSecond / period)
  for (let index = Math.floor(fromSecond / period); index <= last; index += 1) {
    walks.layKnots(SLOWEST, index, 0, 0)
    if (look(SLOWEST, index, 0)) return true
  }
  return false

  /** A stretch: the part after one of the octave's knots that were laid last. */
  function look(octave: number, index: number, part: number): boolean {
    const seconds = periodSeconds[octave] as number
    const first = Math.max(index * seconds, fromSecond)
    const final = Math.min(index * seconds + seconds - 1, toSecond)
    if (first > final) return false
    const start = walks.levelAt(octave, part)
    const end = walks.levelAt(octave, part + 1)
    const reach = reachPpm[octave] as number
    const lowest = Math.min(start, end) - reach
    const highest = Math.max(start, end) + reach
    if (!search.isWorthLooking(lowest, highest, first, final)) return false
    walks.enter(octave, index, part)
    if (octave === FASTEST) return lookAtSeconds(first, final, start, (end - start) / seconds)
    walks.layKnots(octave - 1, index * PARTS, start, end)
    if (order === 'time') return lookInTime(octave - 1, index * PARTS)
    return lookAtBest(octave - 1, index * PARTS, first, final)
  }

  function lookInTime(octave: number, index: number): boolean {
    for (let part = 0; part < PARTS; part += 1) {
      if (look(octave, index + part, part)) return true
    }
    return false
  }

  /** The part that may reach furthest goes first; when it is not worth looking at, no other is. */
  function lookAtBest(octave: number, index: number, first: number, final: number): boolean {
    const reach = reachPpm[octave] as number
    const sign = order === 'high' ? 1 : -1
    let left = (1 << PARTS) - 1
    while (left !== 0) {
      let best = -1
      let furthest = Number.NEGATIVE_INFINITY
      for (let part = 0; part < PARTS; part += 1) {
        if ((left & (1 << part)) === 0) continue
        const reached = Math.max(sign * walks.levelAt(octave, part), sign * walks.levelAt(octave, part + 1))
        if (reached <= furthest) continue
        best = part
        furthest = reached
      }
      const level = sign * furthest
      if (!search.isWorthLooking(level - reach, level + reach, first, final)) return false
      left &= ~(1 << best)
      if (look(octave, index + best, best)) return true
    }
    return false
  }

  /** Within a stretch of the fastest octave both walks run straight, but for their rounding. */
  function lookAtSeconds(first: number, final: number, start: number, rise: number): boolean {
    const origin = first - (first % (periodSeconds[FASTEST] as number))
    for (let second = first; second <= final; second += 1) {
      const about = start + rise * (second - origin)
      const isSkipped =
        order !== 'time' && !search.isWorthLooking(about - ROUNDING_PPM, about + ROUNDING_PPM, second, second)
      if (!isSkipped && search.visit(walks.valueAt(second), second)) return true
    }
    return false
  }
}

/** The sum of two walks around a place in time; the knots around it are worked out once. */
class PairOfWalks {
  readonly #own = new Int32Array(OCTAVES.length)
  readonly #common = new Int32Array(OCTAVES.length)
  /** Of each octave, the knots that were laid last: what either walk adds there, and where all slower octaves and it are. */
  readonly #ownKnots = new Int32Array(OCTAVES.length * KNOTS)
  readonly #commonKnots = new Int32Array(OCTAVES.length * KNOTS)
  readonly #levels = new Float64Array(OCTAVES.length * KNOTS)
  /** Of each octave, the stretch that was entered last: its number, and where its first knot is kept. */
  readonly #index = new Float64Array(OCTAVES.length)
  readonly #place = new Int32Array(OCTAVES.length)

  begin([own, common]: readonly [number, number]): void {
    for (let octave = 0; octave < OCTAVES.length; octave += 1) {
      this.#own[octave] = octaveState(own, octave)
      this.#common[octave] = octaveState(common, octave)
    }
  }

  /** Works out an octave's knots along a stretch of the slower octaves that runs straight from `start` to `end`, in ppm. */
  layKnots(octave: number, firstKnot: number, start: number, end: number): void {
    const ownState = this.#own[octave] as number
    const commonState = this.#common[octave] as number
    const swing = (OCTAVES[octave] as (typeof OCTAVES)[number]).swingPpm
    // The slowest octave has no stretch around it: one part of it is laid at a time.
    const knots = octave === SLOWEST ? 2 : KNOTS
    for (let knot = 0; knot < knots; knot += 1) {
      const own = knotFrom(ownState, firstKnot + knot)
      const common = knotFrom(commonState, firstKnot + knot)
      const place = octave * KNOTS + knot
      this.#ownKnots[place] = own
      this.#commonKnots[place] = common
      this.#levels[place] = start + ((end - start) * knot) / PARTS + ((own + common) * swing) / MILLION
    }
  }

  /** Where an octave and all slower ones are at one of the knots that were laid last, in ppm. */
  levelAt(octave: number, knot: number): number {
    return this.#levels[octave * KNOTS + knot] as number
  }

  enter(octave: number, index: number, part: number): void {
    this.#index[octave] = index
    this.#place[octave] = octave * KNOTS + part
  }

  /** Exactly what `walkPpm` answers, both walks together. */
  valueAt(second: number): number {
    let ppm = 0
    for (let octave = 0; octave < OCTAVES.length; octave += 1) {
      const { periodMs, swingPpm } = OCTAVES[octave] as (typeof OCTAVES)[number]
      const place = this.#place[octave] as number
      const passed = passedMillionths(second * 1000, this.#index[octave] as number, periodMs)
      const own = this.#ownKnots
      const common = this.#commonKnots
      ppm += octavePpm(own[place] as number, own[place + 1] as number, passed, swingPpm)
      ppm += octavePpm(common[place] as number, common[place + 1] as number, passed, swingPpm)
    }
    return ppm
  }
}

/** Walks of searches that have ended, for the next ones. */
const idle: PairOfWalks[] = []
