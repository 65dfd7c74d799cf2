import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

/** The day that a fill's fees are booked with: it ends at 23:00 in New York. */
const feeDay = sql`((filled_at at time zone 'America/New_York') + interval '1 hour')::date`

const daysAreTheirFills = checkByQuery(
  'FEE1',
  'what an account owes for a day is what its executions of that day owe, of each type',
  sql`
    with owed as (
      select account_id, ${feeDay} as day, sum(reg_fee_pico) as reg, sum(taf_fee_pico) as taf, sum(cat_fee_pico) as cat,
        sum(crypto_fee_pico) as crypto
      from fills group by 1, 2 having sum(reg_fee_pico + taf_fee_pico + cat_fee_pico + crypto_fee_pico) > 0
    )
    select format('account %s owes %s, %s, %s and %s for %s, but its executions make %s, %s, %s and %s', account_id,
      coalesce(reg_pico, 0), coalesce(taf_pico, 0), coalesce(cat_pico, 0), coalesce(crypto_pico, 0), day,
      coalesce(reg, 0), coalesce(taf, 0), coalesce(cat, 0), coalesce(crypto, 0)) as violation
    from fee_days full join owed using (account_id, day)
    where coalesce(reg_pico, 0) <> coalesce(reg, 0) or coalesce(taf_pico, 0) <> coalesce(taf, 0)
      or coalesce(cat_pico, 0) <> coalesce(cat, 0) or coalesce(crypto_pico, 0) <> coalesce(crypto, 0)`,
)

const feesAreBookedOnce = checkByQuery(
  'FEE2',
  'the fees of a day are booked once for each account and type, rounded up to a cent, on the statement and in the ledger',
  sql`
    with due as (
      select account_id, day, account_id || ':' || day as cause_id, type, div(pico + 9999999999, 10000000000) as amount
      from fee_days, lateral (values ('REG', reg_pico), ('TAF', taf_pico), ('CAT', cat_pico), ('CFEE', crypto_pico)) as fee (type, pico)
      where booked_at is not null and pico > 0
    ), told as (
      select account_id, settles_on as day, account_id || ':' || settles_on as cause_id,
        coalesce(sub_type, activity_type) as type, count(*) as lines, -sum(net_amount_minor) as amount
      from activities where activity_type = 'CFEE' or (activity_type = 'FEE' and sub_type in ('REG', 'TAF', 'CAT'))
      group by account_id, settles_on, coalesce(sub_type, activity_type)
    ), moved as (
      select cause_id, step as type, count(*) as transfers, sum(amount) as amount,
        bool_and(from_account = split_part(cause_id, ':', 1) || ':cash:USD' and to_account = 'firm:fees:USD') as own
      from ledger_transfers where cause_kind = 'fees' group by 1, 2
    )
    select format('account %s owes %s of %s for %s; its statement has %s lines of %s, the ledger %s transfers of %s',
      coalesce(account_id::text, cause_id), coalesce(due.amount, 0), type, day, coalesce(lines, 0),
      coalesce(told.amount, 0), coalesce(transfers, 0), coalesce(moved.amount, 0)) as violation
    from due full join told using (account_id, day, cause_id, type)
    full join moved using (cause_id, type)
    where due.amount is null or lines is distinct from 1 or transfers is distinct from 1
      or told.amount is distinct from due.amount or moved.amount is distinct from due.amount or own is not true`,
)

/** What must be true of fees on trades; `npm run verify` runs them. */
export const feeChecks: readonly Check[] = [daysAreTheirFills, feesAreBookedOnce]
