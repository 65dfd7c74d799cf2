/**
 * A random walk that is a pure function of (key, instant), so that any instant of the past or future can be
 * priced without history. It is a sum of octaves: each has a random value at its knots and straight lines
 * between them. An octave four times as long swings twice as far, as a random walk does.
 */
export const OCTAVES = [
  { periodMs: 5_000, swingPpm: 120 },
  { periodMs: 20_000, swingPpm: 240 },
  { periodMs: 80_000, swingPpm: 480 },
  { periodMs: 320_000, swingPpm: 960 },
  { periodMs: 1_280_000, swingPpm: 1_920 },
  { periodMs: 5_120_000, swingPpm: 3_840 },
  { periodMs: 20_480_000, swingPpm: 7_680 },
  { periodMs: 81_920_000, swingPpm: 15_360 },
  { periodMs: 327_680_000, swingPpm: 30_720 },
  { periodMs: 1_310_720_000, swingPpm: 61_440 },
  { periodMs: 5_242_880_000, swingPpm: 122_880 },
] as const

const MILLION = 1_000_000

/** The walk never leaves ± this many ppm: the sum of all swings. */
export const WIDEST_SWING_PPM = OCTAVES.reduce((sum, octave) => sum + octave.swingPpm, 0)

/** Where the walk of `key` stands at an instant: ppm above (or below) its centre. Whole numbers throughout. */
export function walkPpm(key: number, epochMs: number): number {
  let ppm = 0
  for (const [octave, { periodMs, swingPpm }] of OCTAVES.entries()) {
    const knot = Math.floor(epochMs / periodMs)
    const passed = passedMillionths(epochMs, knot, periodMs)
    ppm += octavePpm(
      knotMillionths(key, octave, knot),
      knotMillionths(key, octave, knot + 1),
      passed,
      swingPpm,
    )
  }
  return ppm
}

/** The random value of an octave at one of its knots, in millionths of its swing. */
export function knotMillionths(key: number, octave: number, knot: number): number {
  return knotFrom(octaveState(key, octave), knot)
}

/** What the random values of one octave of a walk begin with, for those who need many of them. */
export function octaveState(key: number, octave: number): number {
  return salted(key, octave)
}

/** The random value at a knot, in millionths of the swing. */
export function knotFrom(state: number, knot: number): number {
  return signedMillionth(mix(state, knot))
}

/** How much of the way from a knot to the next has passed. */
export function passedMillionths(epochMs: number, knot: number, periodMs: number): number {
  return Math.trunc(((epochMs - knot * periodMs) * MILLION) / periodMs)
}

/** What an octave adds to the walk on the straight line between two of its knots. */
export function octavePpm(from: number, to: number, passed: number, swingPpm: number): number {
  const level = Math.trunc((from * (MILLION - passed) + to * passed) / MILLION)
  return Math.trunc((level * swingPpm) / MILLION)
}

/** A 32-bit key for text (FNV-1a). */
export function keyOf(text: string): number {
  let state = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  }
  return state >>> 0
}

/** Mixes three whole numbers into 32 bits (the finisher of MurmurHash3, once per number). */
export function hash(key: number, salt: number, value: number): number {
  return mix(salted(key, salt), value)
}

function salted(key: number, salt: number): number {
  return finish(key ^ Math.imul(salt + 1, 0x9e3779b1))
}

function mix(state: number, value: number): number {
  const low = value | 0
  const high = Math.floor(value / 0x1_0000_0000) | 0
  return finish(finish(state ^ low) ^ Math.imul(high, 0x85ebca77))
}

function finish(value: number): number {
  let state = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}

/** 32 bits as a whole number from −1,000,000 to 1,000,000. */
function signedMillionth(bits: number): number {
  return (bits % (2 * MILLION + 1)) - MILLION
}
