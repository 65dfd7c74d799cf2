import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

/** Dividends as the statements tell of them, with the facts that they were computed from. */
const dividends = sql`
  select *, details ->> 'ca_id' as ca_id, details ->> 'holder_account_id' as holder,
    (details ->> 'entitled_qty')::numeric as entitled, (details ->> 'rate')::numeric as rate,
    (details ->> 'record_date')::date as record_on
  from activities where activity_type = 'DIV' and details ? 'ca_id'`

const dividendsArePaidOnce = checkByQuery(
  'CA1',
  'every dividend is paid once to each holder of record: his settled shares times the rate, to the cent',
  sql`
    with paid as (${dividends}), entitled as (
      select paid.id, paid.account_id, (
        select coalesce(sum(line.quantity_nano), 0) / 1000000000.0 from activities as line
        where line.account_id = paid.holder::uuid and line.symbol = paid.symbol and line.settles_on <= record_on
          and line.at < (record_on + 1)::timestamp at time zone 'America/New_York'
      ) as quantity
      from paid
    )
    select format('dividend %s was paid %s times for holder %s', ca_id, count(*), holder) as violation
    from paid group by ca_id, holder having count(*) > 1
    union all
    select format('dividend %s for holder %s is %s cents on %s shares at %s', ca_id, holder, net_amount_minor,
      entitled, rate)
    from paid where net_amount_minor <> round(entitled * rate * 100)
    union all
    select format('dividend %s was paid for %s shares of holder %s, who had %s', ca_id, entitled, holder, quantity)
    from paid join entitled using (account_id, id) where entitled <> quantity`,
)

const issuersPaidWhatHoldersGot = checkByQuery(
  'CA2',
  'what issuers have paid out is what the statements say that holders got, payment by payment',
  sql`
    with told as (
      select format('ca:%s:%s:dividend', ca_id, holder) as transfer_id, net_amount_minor as amount
      from (${dividends}) as paid
      union all
      select format('ca:%s:%s:in_lieu', details ->> 'ca_id', account_id), net_amount_minor
      from activities where activity_type = 'CIL' and net_amount_minor <> 0
    ), moved as (
      select transfer_id, -amount as amount from ledger_entries where account_id = 'firm:issuers:USD'
    )
    select format('payment %s is %s in the ledger and %s in the statements', transfer_id, moved.amount, told.amount)
      as violation
    from told full join moved using (transfer_id) where moved.amount is distinct from told.amount`,
)

const splitsAreExact = checkByQuery(
  'CA3',
  'every split turns what an account held when its day began into exactly as many shares as its rates say',
  sql`
    with split as (
      select *, details ->> 'ca_id' as ca_id, (details ->> 'ex_date')::date as ex_on,
        (details ->> 'old_qty')::numeric * 1000000000 as before,
        (details ->> 'new_rate')::numeric * 1000000 as new_rate,
        (details ->> 'old_rate')::numeric * 1000000 as old_rate
      from activities where activity_type = 'SPLIT'
    ), held as (
      select split.id, split.account_id, (
        select coalesce(sum(line.quantity_nano), 0) from activities as line
        where line.account_id = split.account_id and line.symbol = split.symbol
          and line.at < ex_on::timestamp at time zone 'America/New_York'
      ) as quantity
      from split
    )
    select format('split %s changed %s shares of account %s by %s, but it had %s', ca_id, before, account_id,
      quantity_nano, quantity) as violation
    from split join held using (account_id, id)
    where before <> quantity or quantity_nano <> div(before * new_rate, old_rate) - before
    union all
    select format('split %s was applied to account %s %s times', ca_id, account_id, count(*))
    from split group by ca_id, account_id having count(*) > 1`,
)

/** What must be true of dividends and splits; `npm run verify` runs them. */
export const corporateActionChecks: readonly Check[] = [
  dividendsArePaidOnce,
  issuersPaidWhatHoldersGot,
  splitsAreExact,
]
