import type { QuantityNano, UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import { type Asset, getAsset } from '../assets/asset.ts'
import type { Db } from '../db/database.ts'
import { FIRM_ACCOUNT_ID } from '../firm/firm-account.ts'

/** What an account had of an asset at an instant, from the lines of its statement. */
export interface HoldingThen {
  readonly accountId: AccountId
  readonly asset: Asset
  readonly quantityNano: QuantityNano
  readonly costBasisMinor: UsdMinor
}

export interface HoldersFilter {
  readonly end: Temporal.Instant
  readonly accountId?: string | undefined
  readonly asset?: Asset | undefined
  readonly after: string
  readonly limit: number
}

/** Customers who held something just before `end`, in order of id; `limit` of them after `after`. */
export async function listHoldersThen(db: Db, filter: HoldersFilter): Promise<AccountId[]> {
  const end = filter.end.toString()
  const { rows } = await sql<{ account_id: string }>`
    select distinct account_id::text as account_id from (
      select account_id from activities
      where symbol is not null and at < ${end} and account_id <> ${FIRM_ACCOUNT_ID}
        and account_id::text > ${filter.after}
        and (${filter.accountId ?? null}::uuid is null or account_id = ${filter.accountId ?? null}::uuid)
        and (${filter.asset?.symbol ?? null}::text is null or symbol = ${filter.asset?.symbol ?? null}::text)
      group by account_id, symbol having sum(quantity_nano) > 0
    ) as holders
    order by account_id limit ${filter.limit}`.execute(db)
  return rows.map((row) => row.account_id as AccountId)
}

export async function readHoldingsThen(
  db: Db,
  accountIds: readonly AccountId[],
  { end, asset }: Pick<HoldersFilter, 'end' | 'asset'>,
): Promise<HoldingThen[]> {
  if (accountIds.length === 0) return []
  const ids = `{${accountIds.join(',')}}`
  const { rows } = await sql<{ account_id: string; symbol: string; quantity: bigint; cost: bigint | null }>`
    select held.account_id, held.symbol, held.quantity, cost.cost from (
      select account_id, symbol, sum(quantity_nano) as quantity from activities
      where symbol is not null and at < ${end.toString()} and account_id = any(${ids}::uuid[])
        and (${asset?.symbol ?? null}::text is null or symbol = ${asset?.symbol ?? null}::text)
      group by account_id, symbol having sum(quantity_nano) > 0
    ) as held
    left join (
      select account_id, symbol, sum(cost_minor) as cost from cost_movements
      where at < ${end.toString()} and account_id = any(${ids}::uuid[])
      group by account_id, symbol
    ) as cost using (account_id, symbol)
    order by held.account_id, held.symbol`.execute(db)
  return rows.map((row) => ({
    accountId: row.account_id as AccountId,
    asset: getAsset(row.symbol),
    quantityNano: row.quantity as QuantityNano,
    costBasisMinor: (row.cost ?? 0n) as UsdMinor,
  }))
}

export interface AssetTotal {
  readonly asset: Asset
  readonly holders: number
  readonly quantityNano: QuantityNano
  readonly costBasisMinor: UsdMinor
}

/** What all customers together had of each asset just before `end`, in order of symbol. */
export async function readTotalsThen(
  db: Db,
  { end, asset, after, limit }: Omit<HoldersFilter, 'accountId'>,
): Promise<AssetTotal[]> {
  const { rows } = await sql<{ symbol: string; holders: bigint; quantity: bigint; cost: bigint | null }>`
    select held.symbol, held.holders, held.quantity, cost.cost from (
      select symbol, count(*) as holders, sum(quantity) as quantity from (
        select account_id, symbol, sum(quantity_nano) as quantity from activities
        where symbol is not null and at < ${end.toString()} and account_id <> ${FIRM_ACCOUNT_ID}
          and symbol collate "C" > ${after}
          and (${asset?.symbol ?? null}::text is null or symbol = ${asset?.symbol ?? null}::text)
        group by account_id, symbol having sum(quantity_nano) > 0
      ) as holdings
      group by symbol
    ) as held
    left join (
      select symbol, sum(cost_minor) as cost from cost_movements
      where at < ${end.toString()} and account_id <> ${FIRM_ACCOUNT_ID} group by symbol
    ) as cost using (symbol)
    order by held.symbol collate "C" limit ${limit}`.execute(db)
  return rows.map((row) => ({
    asset: getAsset(row.symbol),
    holders: Number(row.holders),
    quantityNano: row.quantity as QuantityNano,
    costBasisMinor: (row.cost ?? 0n) as UsdMinor,
  }))
}

export interface CashThen {
  readonly accountId: AccountId
  readonly accountNumber: string
  readonly currency: string
  readonly cashMinor: UsdMinor
}

/** What customers had in cash just before `end`, in order of account; from the ledger. */
export async function readCashThen(
  db: Db,
  { end, accountId, after, limit }: Omit<HoldersFilter, 'asset'>,
): Promise<CashThen[]> {
  const { rows } = await sql<{ id: string; account_number: string; currency: string; cash: bigint }>`
    select accounts.id, account_number, currency, (
      select coalesce(sum(entry.amount), 0) from ledger_entries as entry
      where entry.account_id in (accounts.id::text || ':cash:USD', accounts.id::text || ':memo:USD',
        accounts.id::text || ':debit:USD') and entry.at < ${end.toString()}
    ) as cash
    from accounts
    where account_type <> 'firm' and accounts.created_at < ${end.toString()} and accounts.id::text > ${after}
      and (${accountId ?? null}::uuid is null or accounts.id = ${accountId ?? null}::uuid)
    order by accounts.id::text limit ${limit}`.execute(db)
  return rows.map((row) => ({
    accountId: row.id as AccountId,
    accountNumber: row.account_number,
    currency: row.currency,
    cashMinor: row.cash as UsdMinor,
  }))
}
