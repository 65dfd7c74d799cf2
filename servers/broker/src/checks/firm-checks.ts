import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

const clearingIsExplained = checkByQuery(
  'I13',
  "what is on its way to and from other banks and the street is exactly what customers' transfers and fills say",
  sql`
    with booked as (
      select entry.account_id as book, transfer.cause_kind, sum(entry.amount) as amount
      from ledger_entries as entry join ledger_transfers as transfer on transfer.id = entry.transfer_id
      group by 1, 2
    ), said (book, cause_kind, amount) as (
      select 'firm:' || transfer_type || '_clearing:USD', 'transfer',
        sum(case direction when 'OUTGOING' then amount_minor else -amount_minor end)
      from transfers where status = 'COMPLETE' group by transfer_type
      union all
      select 'firm:street:USD', 'order', sum(case side when 'buy' then amount_minor else -amount_minor end) from fills
      union all
      select 'firm:commission:USD', 'order', sum(commission_minor) from fills
    ), books (book, cause_kind) as (
      values ('firm:ach_clearing:USD', 'transfer'), ('firm:wire_clearing:USD', 'transfer'),
        ('firm:street:USD', 'order'), ('firm:commission:USD', 'order')
    )
    select format('%s holds %s of %ss, but they make %s', book, coalesce(booked.amount, 0), cause_kind,
      coalesce(said.amount, 0)) as violation
    from books
    left join booked using (book, cause_kind)
    left join said using (book, cause_kind)
    where coalesce(booked.amount, 0) <> coalesce(said.amount, 0)`,
)

const customersAreBacked = checkByQuery(
  'I13',
  "the cash of all accounts is backed: the firm's own books hold as much against it",
  sql`
    with dollars as (
      select sum(posted) filter (where kind in ('cash', 'memo', 'debit') and owner <> 'firm') as cash,
        sum(posted) filter (where owner = 'firm') as against
      from ledger_accounts where asset = 'USD'
    )
    select format('accounts have %s in cash, against it the firm has %s', cash, against) as violation
    from dollars where coalesce(cash, 0) + coalesce(against, 0) <> 0
    union all
    select format('%s holds dollars of nobody', id) from ledger_accounts
    where asset = 'USD' and owner <> 'firm'
      and not (kind in ('cash', 'memo', 'debit') and exists (select from accounts where accounts.id::text = ledger_accounts.owner))`,
)

/** The firm's side of its customers' money. */
export const firmChecks: readonly Check[] = [clearingIsExplained, customersAreBacked]
