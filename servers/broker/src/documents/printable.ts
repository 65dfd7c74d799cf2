/** Letters of the pages' typeface (Windows-1252) beyond Latin-1. */
const BEYOND_LATIN_1 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'

const spell = (letters: string, latin: string) =>
  Object.fromEntries([...letters].map((letter, index) => [letter, latin.split(' ')[index] ?? '']))

/** How letters of other scripts are spelled in Latin ones, lower case; the rest is spelled without its marks. */
const SPELLING: Readonly<Record<string, string>> = {
  ...spell('łđøħıŋŧəɓɗ', 'l d o h i n t e b d'),
  ...spell(
    'абвгдежзийклмнопрстуфхцчшщъыьэюя',
    'a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya',
  ),
  ...spell('ёєіїґђјљњћџў', 'e ye i yi g dj j lj nj c dz u'),
  ...spell('αβγδεζηθικλμνξοπρσςτυφχψω', 'a v g d e z i th i k l m n x o p r s s t y f ch ps o'),
}

const UNKNOWN = '?'

/** Text as the pages can show it: other alphabets in Latin letters, and `?` for a letter without any. */
export function printable(text: string): string {
  return [...text.normalize('NFC')]
    .map(spellLetter)
    .join('')
    .replace(/\?{2,}/g, UNKNOWN)
}

/** Whether the pages show this text otherwise than it is. */
export const isSpelledOtherwise = (text: string) => printable(text) !== text.normalize('NFC')

function spellLetter(letter: string): string {
  if (isInTypeface(letter)) return letter
  if (/[\p{Cc}\p{Cf}\p{Mn}]/u.test(letter)) return ''
  if (/\p{Zs}/u.test(letter)) return ' '
  const known = spelling(letter)
  if (known !== undefined) return known
  const bare = [...letter.normalize('NFKD')].filter((part) => !/\p{Mn}/u.test(part))
  const spelled = bare.map((part) => (isInTypeface(part) ? part : (spelling(part) ?? UNKNOWN)))
  return spelled.length === 0 ? UNKNOWN : spelled.join('')
}

function spelling(letter: string): string | undefined {
  const lower = letter.toLowerCase()
  const known = Object.hasOwn(SPELLING, lower) ? SPELLING[lower] : undefined
  if (known === undefined || letter === lower) return known
  return known.charAt(0).toUpperCase() + known.slice(1)
}

function isInTypeface(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0
  return (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff) || BEYOND_LATIN_1.includes(letter)
}
