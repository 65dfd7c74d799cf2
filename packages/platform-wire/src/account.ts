import { z } from 'zod'
import { Fraction, Id, Timestamp, Usd } from './scalars.ts'

/** GET /api/account; POST /api/application answers it too. */
export const Account = z.object({
  id: Id,
  account_number: z.string(),
  /** The Broker API's word: SUBMITTED, APPROVED, ACTIVE, ACTION_REQUIRED, REJECTED … */
  status: z.string(),
  crypto_status: z.string().nullable(),
  given_name: z.string(),
  family_name: z.string(),
  email: z.string(),
  created_at: Timestamp,
  /** Null until the account is ACTIVE. */
  balances: z
    .object({
      equity: Usd,
      last_equity: Usd,
      /** Change since the last close, money and fraction. */
      day_change: Usd,
      day_change_fraction: Fraction.nullable(),
      long_market_value: Usd,
      cash: Usd,
      buying_power: Usd,
      /** Cash whose trades and transfers have settled. */
      cash_settled: Usd,
      cash_withdrawable: Usd,
      pending_transfer_in: Usd,
      pending_transfer_out: Usd,
    })
    .nullable(),
})
export type Account = z.infer<typeof Account>
