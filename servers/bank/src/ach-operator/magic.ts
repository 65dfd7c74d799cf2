import { changeCodes, returnCodes } from '@paddock/nacha'

export interface MagicInput {
  accountNumber: string
  amountMinor: bigint
  individualName: string
}

/** A return or change code that the entry itself asks for (docs/magic-values.md). */
export function magicCode({ accountNumber, amountMinor, individualName }: MagicInput): string | undefined {
  return byAccount(accountNumber) ?? byAmount(amountMinor) ?? byName(individualName)
}

function byAccount(number: string): string | undefined {
  const [, kind, code] = /^(9999|8888)0000(\d\d)$/.exec(number) ?? []
  return kind === undefined ? undefined : known(`${kind === '9999' ? 'R' : 'C'}${code}`)
}

/** 4,040.NN comes back with RNN, 5,050.NN brings a notification of change CNN. */
function byAmount(amountMinor: bigint): string | undefined {
  const dollars = amountMinor / 100n
  const cents = (amountMinor % 100n).toString().padStart(2, '0')
  if (dollars === 4040n) return known(`R${cents}`)
  if (dollars === 5050n) return known(`C${cents}`)
  return undefined
}

function byName(name: string): string | undefined {
  const [, code] = /\bACH-([RC]\d\d)\b/i.exec(name) ?? []
  return code === undefined ? undefined : known(code.toUpperCase())
}

/** Only answers to what a firm sends: dishonors and contests answer those. */
function known(code: string): string | undefined {
  if (code.startsWith('C')) return changeCodes.has(code) ? code : undefined
  const clock = returnCodes.get(code)?.clock
  const isAnswer = clock !== undefined && !clock.startsWith('dishonor') && !clock.startsWith('contest')
  return isAnswer ? code : undefined
}
