import type { Owner } from '../personas/draft-account.ts'

/** What an app knows of a person; what is missing is not compared. */
export interface KnownPerson {
  legalName?: string | undefined
  phoneNumber?: string | undefined
  emailAddress?: string | undefined
  address?: KnownAddress | undefined
}

export interface KnownAddress {
  street?: string | undefined
  city?: string | undefined
  region?: string | undefined
  postalCode?: string | undefined
  country?: string | undefined
}

export interface IdentityMatch {
  name: { score: number; isFirstOrLast: boolean; isNickname: boolean; isBusiness: boolean } | null
  phoneScore: number | null
  emailScore: number | null
  address: { score: number; isPostalCode: boolean } | null
}

const BUSINESS = /\b(llc|inc|ltd|corp|gmbh|plc|llp|company)\b/
const NICKNAMES: readonly (readonly string[])[] = [
  ['alexander', 'alex', 'sasha'],
  ['elizabeth', 'liz', 'beth', 'betty'],
  ['eleanor', 'nora', 'nell'],
  ['james', 'jim', 'jimmy'],
  ['margaret', 'maggie', 'peggy'],
  ['robert', 'rob', 'bob', 'bobby'],
  ['thomas', 'tom'],
  ['william', 'will', 'bill'],
]

/** How well the owners at the bank fit a person, 0 to 100 each (contracts/plaid/identity.md §2). */
export function matchIdentity(owners: readonly Owner[], person: KnownPerson): IdentityMatch {
  const all = <Part>(parts: (owner: Owner) => readonly Part[]) => owners.flatMap((owner) => [...parts(owner)])
  return {
    name:
      person.legalName === undefined
        ? null
        : best(all(({ names }) => names).map((name) => matchName(name, person.legalName ?? ''))),
    phoneScore: scoreOf(
      person.phoneNumber,
      all((owner) => owner.phone_numbers),
      digitsOf,
    ),
    emailScore: scoreOf(
      person.emailAddress,
      all((owner) => owner.emails),
      plain,
    ),
    address:
      person.address === undefined
        ? null
        : best(all((owner) => owner.addresses).map(({ data }) => matchAddress(data, person.address ?? {}))),
  }
}

function best<Match extends { score: number }>(matches: readonly Match[]): Match | null {
  return matches.reduce<Match | null>(
    (found, match) => (found === null || match.score > found.score ? match : found),
    null,
  )
}

function scoreOf(
  given: string | undefined,
  known: readonly { data: string }[],
  read: (text: string) => string,
): number | null {
  if (given === undefined || known.length === 0) return null
  return Math.max(...known.map(({ data }) => likeness(read(data), read(given))))
}

function matchName(bank: string, given: string) {
  const [theirs, ours] = [wordsOf(bank), wordsOf(given)]
  const shared = theirs.filter((word) => ours.includes(word))
  const isNickname = NICKNAMES.some(
    (group) => group.includes(theirs[0] ?? '') && group.includes(ours[0] ?? '') && theirs[0] !== ours[0],
  )
  // A middle initial more or less says almost nothing.
  const [a, b] = [theirs, ours].map((words) =>
    words.filter((word, at) => at === 0 || at === words.length - 1 || word.length > 1).join(' '),
  )
  const isSameButInitials = a === b && theirs.length !== ours.length
  return {
    score: isSameButInitials ? 99 : likeness(theirs.join(' '), ours.join(' ')),
    isFirstOrLast: shared.length > 0,
    isNickname,
    isBusiness: BUSINESS.test(plain(bank)) || BUSINESS.test(plain(given)),
  }
}

function matchAddress(bank: Owner['addresses'][number]['data'], given: KnownAddress) {
  const pairs: readonly (readonly [string | null, string | undefined])[] = [
    [bank.street, given.street],
    [bank.city, given.city],
    [bank.region, given.region],
    [bank.postal_code, given.postalCode],
    [bank.country, given.country],
  ]
  const compared = pairs.filter(([theirs, ours]) => theirs !== null && ours !== undefined)
  const scores = compared.map(([theirs, ours]) => likeness(plain(theirs ?? ''), plain(ours ?? '')))
  const total = scores.reduce((sum, score) => sum + score, 0)
  const isPostalCode = bank.postal_code !== null && plain(bank.postal_code) === plain(given.postalCode ?? '')
  return { score: scores.length === 0 ? 0 : Math.round(total / scores.length), isPostalCode }
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase()
const wordsOf = (name: string) =>
  plain(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
const digitsOf = (phone: string) => phone.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '')

/** 100 for the same text, less for each letter that differs. */
function likeness(a: string, b: string): number {
  const longest = Math.max(a.length, b.length)
  return longest === 0 ? 0 : Math.round((100 * (longest - distance(a, b))) / longest)
}

/** How many letters must be put in, taken out or changed to get from one text to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (letter === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change))
    }
    row = next
  }
  return row[b.length] ?? 0
}
