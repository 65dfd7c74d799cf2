import type { UsdMinor } from '@paddock/money'
import { isRoutingNumber } from '@paddock/nacha'
import type { AccountId } from '../accounts/account.ts'
import type { BankVersion } from '../ach/bank-version.ts'
import { entryAccountNumber } from '../ach/bank-version.ts'
import type { TransferDirection, TransferId } from '../transfers/transfer.ts'
import type { AchSpeed, EntryPurpose } from './ach-file.ts'

/** Something that may leave now, with all that its entry says but the numbers that the file gives it. */
export type ReadyEntry = {
  readonly accountId: AccountId
  readonly bank: BankVersion
  readonly purpose: EntryPurpose
  readonly transferId: TransferId | undefined
  readonly attempt: number
  /** Taken over from an earlier try; a new one gets its own. */
  readonly individualId: string | undefined
  readonly direction: TransferDirection
  readonly amountMinor: UsdMinor
  readonly ownerType: OwnerType
  readonly speed: AchSpeed
  readonly effectiveOn: Temporal.PlainDate
  /** A returned debit that is presented once more. */
  readonly isRetry: boolean
  /** Tells entries of one batch apart and puts them in order. */
  readonly key: string
}

/** Whose the bank account is decides which rules an entry travels under (contracts/nacha/origination.md §1). */
export type OwnerType = 'consumer' | 'business'

/** Funds that are not one person's are the only accounts here that are not a consumer's. */
export const ownerTypeOf = (accountType: string): OwnerType =>
  accountType === 'donor_advised' ? 'business' : 'consumer'

const ACCOUNT_NUMBER = /^[A-Za-z0-9-]{1,17}$/

/** Why no entry can be made of these numbers, if none can. Nothing is ever cut to fit. */
export function refusalOfNumbers(bank: BankVersion): string | undefined {
  const number = entryAccountNumber(bank.accountNumber)
  if (!ACCOUNT_NUMBER.test(number) || /^0*$/.test(number))
    return 'the account number does not fit an ACH entry'
  if (!isRoutingNumber(bank.routingNumber)) return 'the routing number is not one of a US bank'
  return undefined
}

/** Credits end in 2 and 3, debits in 7 and 8; a prenote in 3 or 8 (contracts/nacha/origination.md §1). */
export function transactionCodeOf({ bank, direction, purpose }: ReadyEntry): string {
  const kind = bank.accountType === 'CHECKING' ? '2' : '3'
  const isPrenote = purpose === 'PRENOTE'
  if (direction === 'OUTGOING') return `${kind}${isPrenote ? '3' : '2'}`
  return `${kind}${isPrenote ? '8' : '7'}`
}
