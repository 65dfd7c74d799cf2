import { isInTypeface } from './typeface.ts'

const UNKNOWN = '?'
/** Nearly every text; for these letters nothing has to be looked up. */
const PLAIN = /^[\x20-\x7e]*$/

/** Text as the pages can show it: without marks that the typeface lacks, and `?` for a letter that it lacks. */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text
  return [...text.normalize('NFC')]
    .map(printableLetter)
    .join('')
    .replace(/\?{2,}/g, UNKNOWN)
}

/** Whether the pages show this text otherwise than it is. */
export const isShownOtherwise = (text: string) => printable(text) !== text.normalize('NFC')

function printableLetter(letter: string): string {
  if (/[\p{Cc}\p{Cf}]/u.test(letter)) return ''
  if (/\p{Zs}/u.test(letter)) return ' '
  if (isInTypeface(letter)) return letter
  if (/\p{Mn}/u.test(letter)) return ''
  const bare = [...letter.normalize('NFKD')].filter((part) => !/\p{Mn}/u.test(part))
  return bare.map((part) => (isInTypeface(part) ? part : UNKNOWN)).join('')
}
