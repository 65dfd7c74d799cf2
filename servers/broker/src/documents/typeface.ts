import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'

/**
 * Arimo has the widths of Helvetica and the letters of Latin, Greek and Cyrillic (docs/decisions/0009). Read once: the
 * pages of all documents share it, and each carries only the letters that it shows.
 */
export const typeface = {
  regular: open('400Regular/Arimo_400Regular.ttf'),
  bold: open('700Bold/Arimo_700Bold.ttf'),
} as const

export type Weight = keyof typeof typeface

/** Scripts that run from right to left would need an order of their own, their figures too; a wrong one is worse than none. */
const RIGHT_TO_LEFT = /\p{Script=Hebrew}/u

/** Whether the pages can show this letter. */
export function isInTypeface(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0
  return typeface.regular.hasGlyphForCodePoint(code) && !RIGHT_TO_LEFT.test(letter)
}

function open(file: string): Font {
  const path = createRequire(import.meta.url).resolve(`@expo-google-fonts/arimo/${file}`)
  return create(readFileSync(path)) as Font
}
