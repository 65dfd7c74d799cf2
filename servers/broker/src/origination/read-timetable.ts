import { type AchTimetable, defaultTimetable, type OperatorWindow, type WallTime } from './timetable.ts'

/** What the settings say about the hours of ACH; undefined leaves the default. */
export type TimetableText = {
  /** `14:00`, or with versions `14:00; 2027-03-19: 13:00 18:00`. */
  readonly cutoffs?: string | undefined
  /** `deadline/delivery` or `deadline/delivery/same-day settlement` for each window, the night's last; versions likewise. */
  readonly windows?: string | undefined
  readonly sameDayLimitMinor?: AchTimetable['sameDayLimitMinor'] | undefined
}

const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d'
const CUTOFF = new RegExp(`^${TIME}$`)
const WINDOW = new RegExp(`^(${TIME})/(${TIME})(?:/(${TIME}))?$`)

/** The timetables that the settings make of the default; nothing when they cannot be read. */
export function readTimetables(text: TimetableText): readonly AchTimetable[] | undefined {
  const cutoffs = readVersions(text.cutoffs, readCutoffs)
  const windows = readVersions(text.windows, readWindows)
  if (cutoffs === undefined || windows === undefined) return undefined
  const days = [...new Set([...cutoffs.keys(), ...windows.keys(), BEGINNING])].sort()
  const { sameDayLimitMinor = defaultTimetable.sameDayLimitMinor } = text
  return days.map((day) => ({
    ...defaultTimetable,
    from: Temporal.PlainDate.from(day),
    sameDayLimitMinor,
    ...latestBy(windows, day),
    cutoffs: latestBy(cutoffs, day) ?? defaultTimetable.cutoffs,
  }))
}

/** A version without a day holds from before everything. */
const BEGINNING = '1970-01-01'

function readVersions<Value>(
  text: string | undefined,
  read: (words: readonly string[]) => Value | undefined,
): Map<string, Value> | undefined {
  const versions = new Map<string, Value>()
  for (const version of (text ?? '').split(';').map((one) => one.trim())) {
    if (version === '') continue
    const [, day = BEGINNING, rest = ''] = /^(?:(\d{4}-\d\d-\d\d):\s+)?(.*)$/.exec(version) ?? []
    const value = read(rest.split(/[\s,]+/).filter(Boolean))
    if (value === undefined || !isDay(day)) return undefined
    versions.set(day, value)
  }
  return versions
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

function readCutoffs(words: readonly string[]): readonly WallTime[] | undefined {
  return words.length > 0 && words.every((word) => CUTOFF.test(word)) ? words : undefined
}

function readWindows(words: readonly string[]): Pick<AchTimetable, 'windows' | 'night'> | undefined {
  const read = words.map((word) => WINDOW.exec(word)).filter((match) => match !== null)
  const all: OperatorWindow[] = read.map(([, deadline = '', delivers = '', sameDaySettles]) => ({
    deadline,
    delivers,
    ...(sameDaySettles === undefined ? {} : { sameDaySettles }),
  }))
  const night = all.at(-1)
  if (read.length !== words.length || night === undefined || all.length < 2) return undefined
  const windows = all.slice(0, -1)
  const isInOrder = windows.every(
    ({ deadline }, index) => index === 0 || (windows[index - 1]?.deadline ?? '') < deadline,
  )
  return isInOrder ? { windows, night } : undefined
}

function latestBy<Value>(versions: ReadonlyMap<string, Value>, day: string): Value | undefined {
  const known = [...versions].filter(([from]) => from <= day).sort(([a], [b]) => (a < b ? -1 : 1))
  return known.at(-1)?.[1]
}
