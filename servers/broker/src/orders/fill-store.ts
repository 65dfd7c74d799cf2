import type { PriceMicro, QuantityNano, UsdMinor } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { Db, Tx } from '../db/database.ts'
import { insertRows } from '../db/insert-rows.ts'
import type { Fees } from '../fees/fee-rates.ts'
import type { Gain } from '../positions/position-store.ts'
import type { OrderId, OrderSide } from './order.ts'

/** One execution, as it stays. */
export type Fill = {
  readonly id: string
  readonly accountId: AccountId
  readonly orderId: OrderId
  readonly symbol: string
  readonly side: OrderSide
  readonly quantityNano: QuantityNano
  readonly priceMicro: PriceMicro
  /** Cents that it cost or brought, before commission. */
  readonly amountMinor: UsdMinor
  readonly commissionMinor: UsdMinor
  /** Owed for it to regulators: booked with the day's others in the evening. */
  readonly fees: Fees
  /** Of a sale: what the shares had cost, and what it earned beyond that. */
  readonly gain: Gain | undefined
  /** What the account held after it. */
  readonly positionNano: QuantityNano
  readonly at: Temporal.Instant
  readonly settlesOn: Temporal.PlainDate
}

export async function insertFills(tx: Tx, fills: readonly Fill[]): Promise<void> {
  await insertRows(
    tx,
    'fills',
    fills.map((fill) => ({
      account_id: fill.accountId,
      id: fill.id,
      order_id: fill.orderId,
      symbol: fill.symbol,
      side: fill.side,
      quantity_nano: fill.quantityNano,
      price_micro: fill.priceMicro,
      amount_minor: fill.amountMinor,
      commission_minor: fill.commissionMinor,
      cost_basis_minor: fill.gain?.costBasisMinor ?? null,
      realized_minor: fill.gain?.realizedMinor ?? null,
      reg_fee_pico: fill.fees.regPico,
      taf_fee_pico: fill.fees.tafPico,
      cat_fee_pico: fill.fees.catPico,
      crypto_fee_pico: fill.fees.cryptoPico,
      position_quantity_nano: fill.positionNano,
      filled_at: fill.at,
      settles_on: fill.settlesOn,
    })),
  )
}

/** Net proceeds of the sales that settle after `today`: cash that may buy, but not leave. */
export async function unsettledProceedsMinor(
  db: Db,
  accountId: AccountId,
  today: Temporal.PlainDate,
): Promise<UsdMinor> {
  const { total } = await db
    .selectFrom('fills')
    .select(({ fn, eb }) =>
      fn.sum<bigint | null>(eb('amount_minor', '-', eb.ref('commission_minor'))).as('total'),
    )
    .where('account_id', '=', accountId)
    .where('side', '=', 'sell')
    .where('settles_on', '>', today)
    .executeTakeFirstOrThrow()
  return (total ?? 0n) as UsdMinor
}
