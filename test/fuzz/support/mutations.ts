import fc from 'fast-check'
import * as bad from './bad-values.ts'
import type { Draft } from './requests.ts'

/** Numbers that decide what is changed, and into what. */
interface Dice {
  readonly what: number
  readonly where: number
  readonly into: number
}

const dice = fc.record({ what: fc.nat(999_999), where: fc.nat(999_999), into: fc.nat(999_999) })

const pick = <Item>(list: readonly Item[], number: number): Item => list[number % list.length] as Item

/** A valid request of which one thing is changed. */
export const mutated = (valid: fc.Arbitrary<Draft>): fc.Arbitrary<Draft> =>
  fc.tuple(valid, dice).map(([draft, rolled]) => mutate(draft, rolled))

function mutate(draft: Draft, { what, where, into }: Dice): Draft {
  const ways: ((draft: Draft, dice: Omit<Dice, 'what'>) => Draft)[] = [changeHeader, changeQuery]
  if (draft.body !== undefined) ways.push(changeBody, changeBody, changeBody, changeBody, changeBodyText)
  if (draft.query.length > 0) ways.push(changeQuery, changeQuery)
  ways.push(changePath)
  return pick(ways, what)(draft, { where, into })
}

/** Only segments that were values change: another fixed segment would be another operation. */
function changePath(draft: Draft, { where, into }: Omit<Dice, 'what'>): Draft {
  const places = draft.segments.flatMap((segment, index) => (segment.startsWith('@live') ? [index] : []))
  const place = places.length === 0 ? draft.segments.length - 1 : pick(places, where)
  const value = pick(into % 3 === 0 ? bad.allTexts : bad.ids, where + into)
  return { ...draft, segments: draft.segments.map((segment, index) => (index === place ? value : segment)) }
}

const unheardOf = [
  'params',
  'id',
  'limit',
  'offset',
  'page_token',
  'since',
  'since_id',
  '__proto__',
  'account_id',
  'sort',
]

function changeQuery(draft: Draft, { where, into }: Omit<Dice, 'what'>): Draft {
  if (draft.query.length === 0) {
    return { ...draft, query: [[pick(unheardOf, where), String(pick(bad.allTexts, into))]] }
  }
  const index = where % draft.query.length
  const [name, value] = draft.query[index] ?? ['', '']
  const others = draft.query.filter((_, at) => at !== index)
  const lists = [bad.allTexts, bad.moments, bad.pages, bad.ids, bad.numbers]
  const changed: readonly (readonly [string, string])[][] = [
    [],
    [[name, '']],
    [
      [name, value],
      [name, value],
    ],
    [[`${name}[]`, value]],
    [[`${name}[x]`, value]],
    [[name, value.toUpperCase()]],
    [[name, `${value},${value}`]],
    [[name.toUpperCase(), value]],
  ]
  const poison = String(pick(pick(lists, where), into)).slice(0, 3_000)
  const replacement = into % 2 === 0 ? [[name, poison] as const] : pick(changed, into >> 1)
  return { ...draft, query: [...others, ...replacement] }
}

function changeHeader(draft: Draft, { where, into }: Omit<Dice, 'what'>): Draft {
  const headers: Readonly<Record<string, string | undefined>>[] = [
    { 'content-type': pick(bad.contentTypes, into) },
    { 'idempotency-key': pick(['', 'x'.repeat(129), 'x'.repeat(5_000), 'sp ace', 'é', "';--", 'a'], into) },
    { accept: pick(['', '*/*', 'text/html', 'application/json', 'x'], into) },
    {
      authorization: pick(
        [undefined, '', 'Basic', 'Basic !!!', 'Bearer x', 'Bearer ', 'Digest a', 'Basic Og=='],
        into,
      ),
    },
    { 'plaid-client-id': pick([undefined, '', 'x', 'x'.repeat(4_000)], into) },
    { 'plaid-secret': pick([undefined, '', 'x', 'x'.repeat(4_000)], into) },
    { 'apca-api-key-id': 'x', 'apca-api-secret-key': pick(['', 'x', 'x'.repeat(4_000)], into) },
    { 'x-http-method-override': pick(['DELETE', 'PATCH', 'TRACE'], into) },
    { 'content-encoding': pick(['gzip', 'deflate', 'br', 'identity'], into) },
    { 'last-event-id': pick(bad.ids, into) },
    { 'x-request-id': 'one\ttwo', 'x-forwarded-for': '127.0.0.1' },
    { origin: 'https://elsewhere.example', cookie: 'a=b' },
    { 'if-none-match': '*', range: 'bytes=0-5' },
  ]
  return { ...draft, headers: { ...draft.headers, ...pick(headers, where) } }
}

type Place = readonly (string | number)[]

function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place]
  const inside = Object.entries(value).flatMap(([key, one]) =>
    placesIn(one, [...place, Array.isArray(value) ? Number(key) : key]),
  )
  return place.length === 0 ? inside : [place, ...inside]
}

function changeBody(draft: Draft, { where, into }: Omit<Dice, 'what'>): Draft {
  const places = placesIn(draft.body)
  if (where % 8 === 0 || places.length === 0) {
    const [name, value] = pick(Object.entries(bad.uninvitedFields), into)
    return {
      ...draft,
      body: isPlain(draft.body) ? { ...draft.body, [name]: value } : [draft.body, draft.body],
    }
  }
  const place = pick(places, where >> 3)
  const now = valueAt(draft.body, place)
  return { ...draft, body: replaceAt(draft.body, place, changedValue(now, into)) }
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const GONE = Symbol('gone')

function changedValue(now: unknown, into: number): unknown {
  const choice = into >> 3
  switch (into % 8) {
    case 0:
      return GONE
    case 1:
      return pick(bad.otherTypes, choice)
    case 2:
      return pick(bad.texts, choice)
    case 3:
      return pick(bad.numbers, choice)
    case 4:
      return typeof now === 'string' && /^\d{4}-/.test(now) ? pick(bad.moments, choice) : nearby(now, choice)
    case 5:
      return pick([...bad.ids, ...bad.moments], choice)
    default:
      return nearby(now, choice)
  }
}

/** The same, a little different: another case, one more, twice, as another type. */
function nearby(now: unknown, choice: number): unknown {
  if (typeof now === 'number')
    return pick([now + 1, now - 1, -now, now * 1e9, now / 1e9, String(now), 0], choice)
  if (typeof now === 'boolean') return pick([!now, String(now), Number(now), null], choice)
  if (Array.isArray(now))
    return pick([[], [...now, ...now], Array(200).fill(now[0] ?? null), [null], now[0]], choice)
  if (typeof now !== 'string') return pick(bad.all, choice)
  return pick(
    [
      now.toUpperCase(),
      now.toLowerCase(),
      `${now} `,
      ` ${now}`,
      now + now,
      now.slice(0, -1),
      [now],
      { [now]: now },
      `${now}\0`,
      `-${now}`,
      now.repeat(100).slice(0, 4_000),
      Number(now),
    ],
    choice,
  )
}

function valueAt(value: unknown, place: Place): unknown {
  return place.reduce<unknown>((inside, key) => (inside as Record<string | number, unknown>)[key], value)
}

function replaceAt(value: unknown, [key, ...rest]: Place, replacement: unknown): unknown {
  if (key === undefined) return replacement
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >
  if (rest.length > 0) copy[key] = replaceAt(copy[key], rest, replacement)
  else if (replacement === GONE) delete copy[key]
  else
    Object.defineProperty(copy, key, {
      value: replacement,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  return copy
}

/** What objects cannot say: the same key twice, a dangerous key, half of the text, a number of any length. */
function changeBodyText(draft: Draft, { where, into }: Omit<Dice, 'what'>): Draft {
  const text = JSON.stringify(draft.body)
  const inside = text.slice(1)
  const changed = [
    text.slice(0, into % Math.max(1, text.length)),
    `${text}${text}`,
    `{"__proto__":{"polluted":"yes"},${inside}`,
    `{"constructor":{"prototype":{"polluted":"yes"}},${inside}`,
    `{${inside.slice(0, -1)},${inside}`,
    text.replace(/"(\d+(?:\.\d+)?)"/, '$1'),
    text.replace(/(\d+)(?!.*\d)/, `$1${'0'.repeat(50)}`),
    text.replace(/:/, ': \u00a0'),
    `\uFEFF${text}`,
    pick(bad.junkBodies, into),
  ]
  return { ...draft, rawBody: pick(changed, where) }
}

/** Half of the code points are of the first 256; the others from anywhere, halves of pairs among them. */
const codePoint = fc.oneof(fc.nat(0xff), fc.nat(0x10_ffff))

/** Text of any characters. The library's own for this lists a million of them first, which takes seconds. */
const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(codePoint, { maxLength }).map((points) => String.fromCodePoint(...points))

/** Bytes without a grammar where an operation expects values. */
export const junk = (valid: fc.Arbitrary<Draft>): fc.Arbitrary<Draft> =>
  fc
    .record({
      draft: valid,
      rolled: dice,
      text: anyText(60),
      body: fc.oneof(fc.json({ maxDepth: 3 }), anyText(200), fc.constantFrom(...bad.junkBodies)),
      query: fc.array(fc.tuple(fc.string({ maxLength: 12 }), anyText(30)), {
        maxLength: 4,
      }),
    })
    .map(({ draft, rolled, text, body, query }) => {
      const known = draft.query.map(([name]) => [name, text] as const)
      const last = draft.segments.length - 1
      const isValue = draft.segments[last]?.startsWith('@live') ?? false
      const segments =
        isValue && rolled.where % 3 === 0 ? [...draft.segments.slice(0, last), text] : draft.segments
      return {
        ...draft,
        segments,
        query: rolled.where % 2 === 0 ? known : query,
        rawBody: draft.method === 'GET' && rolled.into % 4 > 0 ? undefined : body,
        headers: {
          ...draft.headers,
          ...(rolled.what % 4 === 0 ? {} : { 'content-type': 'application/json' }),
        },
      }
    })
