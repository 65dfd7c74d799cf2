import type { QuantityNano, UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import { type Asset, getAsset } from '../assets/asset.ts'
import type { Db } from '../db/database.ts'

/** What an account holds of an asset: how much is in the ledger, what it cost is with the position. */
export interface Holding {
  readonly accountId: AccountId
  readonly asset: Asset
  readonly quantityNano: QuantityNano
  /** Without what open sales have set aside. */
  readonly availableNano: QuantityNano
  readonly costBasisMinor: UsdMinor
}

/** Everything that these accounts hold now, by account and symbol. */
export async function readHoldings(db: Db, accountIds: readonly AccountId[]): Promise<Holding[]> {
  if (accountIds.length === 0) return []
  const rows = await db
    .selectFrom('positions')
    .innerJoin('ledger_accounts', (join) =>
      join.on('ledger_accounts.id', '=', sql`positions.account_id::text || ':shares:' || positions.symbol`),
    )
    .select([
      'positions.account_id',
      'positions.symbol',
      'positions.cost_basis_minor',
      'ledger_accounts.posted',
      'ledger_accounts.pending_out',
    ])
    .where('positions.account_id', 'in', [...accountIds])
    .where('ledger_accounts.posted', '>', 0n)
    .orderBy('positions.account_id')
    .orderBy('positions.symbol')
    .execute()
  return rows.map((row) => ({
    accountId: row.account_id as AccountId,
    asset: getAsset(row.symbol),
    quantityNano: row.posted as QuantityNano,
    availableNano: (row.posted - row.pending_out) as QuantityNano,
    costBasisMinor: row.cost_basis_minor as UsdMinor,
  }))
}

const ACCOUNTS_PER_PAGE = 100

/** The accounts of one page that hold something; pages count from 1. */
export async function listHolders(db: Db, page: number): Promise<AccountId[]> {
  const rows = await db
    .selectFrom('positions')
    .innerJoin('ledger_accounts', (join) =>
      join.on('ledger_accounts.id', '=', sql`positions.account_id::text || ':shares:' || positions.symbol`),
    )
    .select('positions.account_id')
    .distinct()
    .where('ledger_accounts.posted', '>', 0n)
    .orderBy('positions.account_id')
    .limit(ACCOUNTS_PER_PAGE)
    .offset((page - 1) * ACCOUNTS_PER_PAGE)
    .execute()
  return rows.map((row) => row.account_id as AccountId)
}
