import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'
import { fundingPaths } from './funding-paths.ts'

const returnsUndoOnce = checkByQuery(
  'I15',
  'a return undoes what was booked exactly once, in the ledger and on the statement',
  sql`
    with steps as (
      select cause_id, step, from_account, to_account, amount from ledger_transfers where cause_kind = 'transfer'
    ), lines as (
      select coalesce(previous_id, id) as transfer_id, sum(net_amount_minor) as net, count(*) as count
      from activities where activity_type in ('CSD', 'CSW') and details ? 'transfer_id'
      group by 1
    )
    select format('transfer %s is %s, but its return is %s of %s and its lines make %s', transfers.id, status,
      coalesce(undone.amount::text, 'missing'), amount_minor, coalesce(net::text, 'nothing')) as violation
    from transfers
    left join steps as hold on hold.cause_id = transfers.id::text and hold.step = 'hold'
    left join steps as settled on settled.cause_id = transfers.id::text and settled.step = 'settle'
    left join steps as undone on undone.cause_id = transfers.id::text and undone.step = 'return'
    left join lines on lines.transfer_id = transfers.id
    where (undone.amount is not null) <> (status = 'RETURNED' and settled.amount is not null)
      or undone.amount <> settled.amount
      or undone.from_account <> hold.to_account or undone.to_account <> hold.from_account
      or (status = 'RETURNED' and (coalesce(net, 0) <> 0
        or coalesce(count, 0) <> case when settled.amount is null then 0 else 2 end))`,
)

const wireFeesHaveTheirSteps = checkByQuery(
  'I8',
  'the fee of every wire has in the ledger exactly the steps that its payer and its status say',
  sql`
    with steps as (
      select cause_id, min(amount) as least, max(amount) as most,
        string_agg(step || ':' || type, '+' order by step) as done
      from ledger_transfers where cause_kind = 'wire_fee' group by cause_id
    ), expected as (
      select id::text as id, status, fee_minor + billed_fee_minor as fee,
        case
          when fee_minor > 0 then case
            when status in ('QUEUED', 'APPROVAL_PENDING', 'APPROVED', 'PENDING', 'SENT_TO_CLEARING')
              then array['hold:pend']
            when status = 'COMPLETE' then array['hold:pend+settle:post_pending']
            when status = 'RETURNED' then array['hold:pend+settle:post_pending', 'hold:pend+void:void_pending']
            else array['hold:pend+void:void_pending'] end
          when billed_fee_minor > 0 then case
            when status = 'COMPLETE' then array['bill:post']
            when status = 'RETURNED' then array['bill:post', '']
            else array[''] end
          else array['']
        end as paths
      from transfers
    )
    select format('wire %s is %s with a fee of %s, but the ledger has %s of %s', coalesce(expected.id, cause_id),
      coalesce(status, 'unknown'), fee, coalesce(done, 'nothing'), most) as violation
    from expected full join steps on steps.cause_id = expected.id
    where expected.id is null or coalesce(done, '') <> all (paths)
      or (done is not null and (least <> fee or most <> fee))`,
)

const instantFundingsHaveTheirSteps = checkByQuery(
  'I8',
  'every instant funding has in the ledger exactly the steps that its status says, each of its own amount',
  sql`
    with steps as (
      select cause_id, string_agg(step, '+' order by step) as done,
        sum(amount) filter (where step = 'advance') as given,
        sum(amount) filter (where step <> 'advance') as ended
      from ledger_transfers where cause_kind = 'instant_funding' group by cause_id
    )
    select format('instant funding %s is %s of %s, but the ledger has %s: %s given, %s ended',
      coalesce(funding.id::text, cause_id), coalesce(status, 'unknown'), amount_minor, coalesce(done, 'nothing'),
      given, ended) as violation
    from instant_fundings as funding full join steps on steps.cause_id = funding.id::text
    where funding.id is null
      or coalesce(done, '') <> all (case status
        when 'EXECUTED' then array['advance']
        when 'COMPLETED' then array['advance+settle']
        when 'CANCELED' then array['', 'advance+recall', 'advance+debit', 'advance+debit+recall']
        else array[''] end)
      or given <> amount_minor or ended <> amount_minor`,
)

const advancesAreWhatIsUnpaid = checkByQuery(
  'I12',
  'what an account has in advance is what was executed or is credit on a deposit under way; it owes no less than nothing',
  sql`
    with given as (
      select account_id, amount_minor from instant_fundings where status = 'EXECUTED'
      union all
      select account_id, instant_minor from transfers
      where status in ('QUEUED', 'APPROVAL_PENDING', 'APPROVED', 'PENDING', 'SENT_TO_CLEARING')
    ), unpaid as (
      select account_id::text as owner, sum(amount_minor) as amount from given group by 1
    ), books as (
      select owner, sum(posted) filter (where kind = 'memo') as memo,
        sum(posted) filter (where kind = 'debit') as debit
      from ledger_accounts where kind in ('memo', 'debit') group by 1
    )
    select format('account %s has an advance of %s and a debit of %s; unpaid are %s', coalesce(unpaid.owner, books.owner),
      -memo, -debit, coalesce(amount, 0)) as violation
    from unpaid full join books using (owner)
    where coalesce(-memo, 0) <> coalesce(amount, 0) or debit > 0`,
)

const settlementsPayWhole = checkByQuery(
  'I8',
  'a settlement is worth what it pays for, and when it is completed all of that is',
  sql`
    select format('settlement %s is %s over %s, but pays for %s, of which %s are completed', settlement.id,
      settlement.status, total_minor, sum(amount_minor), count(*) filter (where funding.status = 'COMPLETED'))
      as violation
    from instant_settlements as settlement
    join instant_settlement_items as item on item.settlement_id = settlement.id
    join instant_fundings as funding on funding.id = item.instant_funding_id
    group by settlement.id
    having sum(amount_minor) <> total_minor
      or (settlement.status = 'COMPLETED' and bool_or(funding.status <> 'COMPLETED'))`,
)

/** What must be true of transfers, banks and instant funding beside what the broker's checks say of the ledger. */
export const fundingChecks: readonly Check[] = [
  fundingPaths,
  returnsUndoOnce,
  wireFeesHaveTheirSteps,
  instantFundingsHaveTheirSteps,
  advancesAreWhatIsUnpaid,
  settlementsPayWhole,
]
