import { type ChangeReason, type CorrectedField, changeCodes } from './change-codes.ts'
import { isRoutingNumber } from './routing-number.ts'
import { type AccountType, accountTypeOf, transactionCodes } from './transaction-codes.ts'

/** What a notification of change says is right, typed. */
export interface CorrectedData {
  readonly routingNumber?: string
  readonly accountNumber?: string
  /** As it was sent: perhaps the live code, perhaps that of an answer. */
  readonly transactionCode?: string
  /** The only thing to take from the transaction code (contracts/nacha/codes.md §4). */
  readonly accountType?: AccountType
  readonly name?: string
  readonly individualId?: string
  readonly foreignBankId?: string
  /** Found in its columns, or only by cutting at spaces. */
  readonly how: 'position' | 'tokens'
}

const accepts: Readonly<Record<CorrectedField, (text: string) => boolean>> = {
  routingNumber: isRoutingNumber,
  accountNumber: (text) => /^[A-Za-z0-9-]{1,35}$/.test(text) && !/^0+$/.test(text),
  transactionCode: (text) => transactionCodes.has(text),
  name: (text) => text !== '',
  individualId: (text) => text !== '',
  foreignBankId: (text) => text !== '',
  secCode: (text) => text === 'IAT',
}

/** By the columns of the code, else by tokens; undefined is for a person. Empty data of C13 are right. */
export function readCorrectedData(
  code: string,
  correctedData: string,
  { isIat = false }: { isIat?: boolean } = {},
): CorrectedData | undefined {
  const change = isIat ? international(changeCodes.get(code)) : changeCodes.get(code)
  if (change === undefined || change.manual) return undefined
  if (change.places.length === 0) return { how: 'position' }
  return byPosition(change, correctedData) ?? byTokens(change, correctedData)
}

/** An international account or name that stands alone may take all 35 characters. */
function international(change: ChangeReason | undefined): ChangeReason | undefined {
  const [only] = change?.places ?? []
  if (change === undefined || only === undefined || change.places.length > 1) return change
  return { ...change, places: [{ ...only, width: Math.max(only.width, 35) }] }
}

function byPosition({ places }: ChangeReason, text: string): CorrectedData | undefined {
  let gaps = text
  const values: Partial<Record<CorrectedField, string>> = {}
  for (const { field, start, width } of places) {
    const value = text.slice(start - 1, start - 1 + width).trim()
    if (!accepts[field](value)) return undefined
    values[field] = value
    gaps = gaps.slice(0, start - 1) + ' '.repeat(width) + gaps.slice(start - 1 + width)
  }
  // What stands where nothing should says that the columns are others.
  return gaps.trim() === '' ? typed(values, 'position') : undefined
}

function byTokens({ code, places }: ChangeReason, text: string): CorrectedData | undefined {
  // A name may have spaces, and stands alone.
  if (places.length === 1 && (code === 'C04' || code === 'C09')) return undefined
  let tokens = text.trim().split(/\s+/)
  if (code === 'C07' && tokens.length === 2) {
    const [glued = '', last = ''] = tokens
    tokens = [glued.slice(0, 9), glued.slice(9), last]
  }
  if (tokens.length !== places.length) return undefined
  const values: Partial<Record<CorrectedField, string>> = {}
  for (const [index, { field, width }] of places.entries()) {
    const value = tokens[index] ?? ''
    if (!accepts[field](value) || value.length > width) return undefined
    values[field] = value
  }
  return typed(values, 'tokens')
}

function typed(values: Partial<Record<CorrectedField, string>>, how: CorrectedData['how']): CorrectedData {
  const { secCode: _, ...rest } = values
  const accountType = rest.transactionCode === undefined ? undefined : accountTypeOf(rest.transactionCode)
  return { ...rest, ...(accountType === undefined ? {} : { accountType }), how }
}

/** The corrected data that a bank sends with `code`, in their columns. */
export function writeCorrectedData(
  code: string,
  values: Partial<Record<Exclude<CorrectedField, 'secCode'>, string>>,
): string {
  let text = ''
  for (const { field, start, width } of changeCodes.get(code)?.places ?? []) {
    const value = field === 'secCode' ? 'IAT' : values[field]
    if (value === undefined || !accepts[field](value) || value.length > width) {
      throw new Error(`${code} needs a ${field} of at most ${width} characters`)
    }
    text = text.padEnd(start - 1, ' ') + value
  }
  return text
}
