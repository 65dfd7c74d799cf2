import { formatUsd, type UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { Db } from '../db/database.ts'
import { InstantFundingRejected } from './instant-funding.ts'
import { sumUnpaid } from './instant-funding-store.ts'

/** What one account, and all accounts together, may have that nobody has paid for (contracts/alpaca/instant-funding.md §2). */
const ACCOUNT_LIMIT_MINOR = 1_000_00n as UsdMinor
const FIRM_LIMIT_MINOR = 100_000_00n as UsdMinor

export type LimitUse = {
  readonly limitMinor: UsdMinor
  readonly inUseMinor: UsdMinor
  readonly availableMinor: UsdMinor
}

const use = (limitMinor: UsdMinor, inUseMinor: bigint): LimitUse => ({
  limitMinor,
  inUseMinor: inUseMinor as UsdMinor,
  availableMinor: (limitMinor > inUseMinor ? limitMinor - inUseMinor : 0n) as UsdMinor,
})

export async function readFirmLimit(db: Db): Promise<LimitUse> {
  return use(FIRM_LIMIT_MINOR, (await sumUnpaid(db)).get('') ?? 0n)
}

export type AccountLimit = LimitUse & { readonly accountNumber: string }

/** The limits of those of these accounts that exist, in the order of the question. */
export async function readAccountLimits(db: Db, numbers: readonly string[]): Promise<AccountLimit[]> {
  if (numbers.length === 0) return []
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'account_number'])
    .where('account_number', 'in', numbers)
    .where('account_type', '<>', 'firm')
    .execute()
  const used = await sumUnpaid(
    db,
    rows.map(({ id }) => id as AccountId),
  )
  const byNumber = new Map(rows.map((row) => [row.account_number, row.id]))
  return [...new Set(numbers)].flatMap((accountNumber) => {
    const id = byNumber.get(accountNumber)
    return id === undefined ? [] : [{ accountNumber, ...use(ACCOUNT_LIMIT_MINOR, used.get(id) ?? 0n) }]
  })
}

/** Both accounts must be locked, so that no two requests use the same credit. */
export async function refuseOverLimits(db: Db, accountId: AccountId, amountMinor: UsdMinor): Promise<void> {
  const used = (await sumUnpaid(db, [accountId])).get(accountId) ?? 0n
  const account = use(ACCOUNT_LIMIT_MINOR, used)
  if (amountMinor > account.availableMinor) {
    throw new InstantFundingRejected('instant_account_limit_exceeded', told(account))
  }
  const firm = await readFirmLimit(db)
  if (amountMinor > firm.availableMinor) {
    throw new InstantFundingRejected('instant_firm_limit_exceeded', told(firm))
  }
}

const told = ({ limitMinor, availableMinor }: LimitUse) => ({
  limit: formatUsd(limitMinor),
  available: formatUsd(availableMinor),
})
