import { parseUsd, type UsdMinor } from '@paddock/money'
import type { TransferTerms } from '@paddock/platform-wire'
import { readTypedUsd, usdInWords } from '../../ui/figures.ts'

export type MoveDirection = 'deposit' | 'withdraw'

export interface AmountAnswer {
  amountMinor: UsdMinor | undefined
  /** Shown under the field once something was typed; empty while nothing was. */
  whyNot: string | undefined
}

/** Whether the typed amount can be asked for under these terms. The server decides again. */
export function checkAmount(typed: string, direction: MoveDirection, terms: TransferTerms): AmountAnswer {
  const amountMinor = readTypedUsd(typed)
  if (amountMinor === undefined) {
    const isTooFine = /\.\d{3,}$/.test(typed.trim())
    return {
      amountMinor,
      whyNot: isTooFine ? 'Dollars have at most two decimals' : 'Enter an amount such as 250.00',
    }
  }
  const own = direction === 'deposit' ? terms.deposit : terms.withdrawal
  const minimum = parseUsd(own.minimum) ?? 0n
  const left = parseUsd(own.left_today) ?? 0n
  if (amountMinor <= 0n) return { amountMinor, whyNot: 'Enter more than $0.00' }
  if (amountMinor < minimum)
    return { amountMinor, whyNot: `The smallest transfer is ${usdInWords(own.minimum)}` }
  if (direction === 'withdraw' && amountMinor > (parseUsd(terms.withdrawal.available) ?? 0n)) {
    return {
      amountMinor,
      whyNot: `You can withdraw ${usdInWords(terms.withdrawal.available)} now. The rest has not settled or was deposited a few days ago.`,
    }
  }
  if (amountMinor > left) {
    return { amountMinor, whyNot: `This is over your limit: ${usdInWords(own.left_today)} is left for today` }
  }
  return { amountMinor, whyNot: undefined }
}
