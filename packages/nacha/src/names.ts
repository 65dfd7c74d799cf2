/** Latin letters that do not fall apart into a letter and an accent, and signs that have a plain sister. */
const SISTERS: Readonly<Record<string, string>> = {
  ß: 'SS',
  ẞ: 'SS',
  Æ: 'AE',
  æ: 'AE',
  Œ: 'OE',
  œ: 'OE',
  Ø: 'O',
  ø: 'O',
  Đ: 'D',
  đ: 'D',
  Ð: 'D',
  ð: 'D',
  Þ: 'TH',
  þ: 'TH',
  Ł: 'L',
  ł: 'L',
  Ħ: 'H',
  ħ: 'H',
  ı: 'I',
  ĸ: 'K',
  Ŋ: 'N',
  ŋ: 'N',
  Ŧ: 'T',
  ŧ: 'T',
  ə: 'E',
  Ə: 'E',
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '´': "'",
  '`': "'",
  '“': '"',
  '”': '"',
  '‐': '-',
  '‑': '-',
  '–': '-',
  '—': '-',
  '−': '-',
  '&': '&',
}

/** What stands for a name without one Latin letter or digit. */
const NAMELESS = 'CUSTOMER'

/**
 * The one rule for names in a file: compatibility forms and accents are folded (É is E, ﬁ is FI), letters with a
 * plain sister are replaced (ß is SS, Ł is L), the rest of what is not A-Z, 0-9 or one of & ' , - . / becomes a space,
 * spaces collapse, all is upper case. A name that is still longer than `width` is cut there, which is why this is
 * called by whoever knows that it is a name. Nothing left gives CUSTOMER, so that one name cannot stop a file.
 */
export function achName(name: string, width = 22): string {
  const folded = foldName(name).slice(0, width).trim()
  return folded === '' ? NAMELESS.slice(0, width) : folded
}

/** The same without the cut: empty when nothing is left. */
export function foldName(name: string): string {
  return foldSigns(name)
    .toUpperCase()
    .replace(/[^A-Z0-9&',\-./]+/g, ' ')
    .trim()
}

/** Plain ASCII of a text that is no name: accents folded, `?` for the rest; case and spaces stay. */
export function foldToAscii(text: string): string {
  return foldSigns(text).replace(/[^\x20-\x7e]/gu, '?')
}

const PLAIN = /^[\x20-\x5f\x61-\x7e]*$/

function foldSigns(text: string): string {
  if (PLAIN.test(text)) return text
  let plain = ''
  for (const sign of text.normalize('NFKD')) plain += SISTERS[sign] ?? sign
  return plain.replace(/\p{M}+/gu, '')
}
