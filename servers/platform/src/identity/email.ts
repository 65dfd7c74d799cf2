import type { Brand } from '@paddock/kernel'

/** An e-mail address in the one spelling under which it is stored and compared. */
export type Email = Brand<string, 'Email'>

const MAX_LENGTH = 254
const SHAPE =
  /^[^\s\p{Cc}@"(),:;<>[\]\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,}$/u

/** Folds composed and decomposed, upper and lower case into one; nothing when it is no address. */
export function foldEmail(text: string): Email | undefined {
  if (text.length > MAX_LENGTH || !text.isWellFormed()) return undefined
  const folded = text.normalize('NFC').toLowerCase()
  return SHAPE.test(folded) ? (folded as Email) : undefined
}
