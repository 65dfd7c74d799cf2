import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'
import { finalStatuses } from '../orders/order.ts'
import { accountChecks } from './account-checks.ts'
import { achLedgerChecks } from './ach-ledger-checks.ts'
import { achRiskChecks } from './ach-risk-checks.ts'
import { activityChecks } from './activities-checks.ts'
import { corporateActionChecks } from './corporate-action-checks.ts'
import { eventChecks } from './event-checks.ts'
import { feeChecks } from './fee-checks.ts'
import { firmChecks } from './firm-checks.ts'
import { fundingChecks } from './funding-checks.ts'
import { journalChecks } from './journal-checks.ts'
import { lotChecks } from './lot-checks.ts'
import { orderChecks } from './order-checks.ts'
import { rebalancingChecks } from './rebalancing-checks.ts'
import { tradingChecks } from './trading-checks.ts'

const transfersHaveTheirSteps = checkByQuery(
  'I8',
  'every transfer has in the ledger exactly the steps that its status says, each of its own amount',
  sql`
    with steps as (
      select cause_id, min(amount) as least, max(amount) as most,
        concat_ws('+', string_agg(step || ':' || type, '+' order by step)) as done
      from ledger_transfers where cause_kind = 'transfer' group by cause_id
    ), expected as (
      select id::text as id, status, amount_minor,
        case
          when status in ('QUEUED', 'APPROVAL_PENDING', 'APPROVED', 'PENDING', 'SENT_TO_CLEARING')
            then array['hold:pend']
          when status = 'COMPLETE' then array['hold:pend+settle:post_pending']
          when status = 'RETURNED'
            then array['hold:pend+void:void_pending', 'hold:pend+return:post+settle:post_pending']
          else array['hold:pend+void:void_pending']
        end as paths
      from transfers
    )
    select format('transfer %s is %s for %s, but the ledger has %s of %s', coalesce(expected.id, steps.cause_id),
      coalesce(status, 'unknown'), amount_minor, coalesce(done, 'nothing'), most) as violation
    from expected full join steps on steps.cause_id = expected.id
    where expected.id is null or steps.cause_id is null or done <> all (paths)
      or least <> amount_minor or most <> amount_minor`,
)

const ordersHaveTheirSteps = checkByQuery(
  'I8',
  'every order has in the ledger exactly the holds and the steps of the executions that it has had',
  // Orders of before 0040 were held once and filled once, so that their steps have no numbers.
  sql`
    with steps as (
      select cause_id,
        count(*) filter (where type = 'pend' and step like 'hold:%') as holds,
        count(*) filter (where type = 'pend' and not exists (
          select from ledger_transfers as ending where ending.pending_id = taken.id)) as open_holds,
        sum(amount) filter (where step ~ '^(fill:[0-9]+:)?(cost|proceeds)$' and type <> 'pend') as money,
        sum(amount) filter (where step ~ '^(fill:[0-9]+:)?shares$' and type <> 'pend') as shares,
        sum(amount) filter (where step ~ '^(fill:[0-9]+:)?commission$') as commission
      from ledger_transfers as taken where cause_kind = 'order' group by cause_id
    ), filled as (
      select account_id, order_id, count(*) as fills, sum(amount_minor) as money, sum(quantity_nano) as shares,
        sum(commission_minor) as commission
      from fills group by 1, 2
    )
    select format('order %s is %s: it was held %s times and filled %s times, %s for %s and %s; the ledger has %s holds, %s open, %s for %s and %s',
      coalesce(orders.id::text, steps.cause_id), coalesce(orders.status, 'unknown'), hold_number, fill_count,
      filled_quantity_nano, filled_minor, commission_charged_minor, coalesce(holds, 0), coalesce(open_holds, 0),
      coalesce(steps.shares, 0), coalesce(steps.money, 0), coalesce(steps.commission, 0)) as violation
    from orders
    left join filled on filled.account_id = orders.account_id and filled.order_id = orders.id
    full join steps on steps.cause_id = orders.id::text
    where orders.id is null or coalesce(holds, 0) <> hold_number
      or coalesce(open_holds, 0) <> (held_amount > 0)::integer
      or coalesce(filled.fills, 0) <> fill_count
      or (filled_minor, filled_minor) <> (coalesce(filled.money, 0), coalesce(steps.money, 0))
      or (filled_quantity_nano, filled_quantity_nano) <> (coalesce(filled.shares, 0), coalesce(steps.shares, 0))
      or (commission_charged_minor, commission_charged_minor) <>
        (coalesce(filled.commission, 0), coalesce(steps.commission, 0))`,
)

const holdsBelongToOpenWork = checkByQuery(
  'I11',
  'what is set aside belongs to an open transfer or order and is what that one needs; finished ones hold nothing',
  sql`
    with held as (
      select cause_kind, cause_id, sum(amount) as amount from ledger_transfers as pend
      where type = 'pend' and cause_kind in ('transfer', 'wire_fee', 'order')
        and not exists (select from ledger_transfers as ending where ending.pending_id = pend.id)
      group by 1, 2
    ), wanted as (
      select 'transfer' as cause_kind, id::text as cause_id, amount_minor as amount from transfers
      where status in ('QUEUED', 'APPROVAL_PENDING', 'APPROVED', 'PENDING', 'SENT_TO_CLEARING')
      union all
      select 'wire_fee', id::text, fee_minor from transfers
      where fee_minor > 0 and status in ('QUEUED', 'APPROVAL_PENDING', 'APPROVED', 'PENDING', 'SENT_TO_CLEARING')
      union all
      select 'order', id::text, held_amount from orders where held_amount > 0 and status <> all (${finalStatuses})
    )
    select format('%s %s needs %s set aside, but %s is', cause_kind, cause_id, coalesce(wanted.amount, 0),
      coalesce(held.amount, 0)) as violation
    from wanted full join held using (cause_kind, cause_id)
    where coalesce(wanted.amount, 0) <> coalesce(held.amount, 0)`,
)

const cashIsWhatHappened = checkByQuery(
  'I12',
  "every customer's cash is what settled transfers and fills make of it, and their books are open",
  sql`
    with moved as (
      select account_id, sum(case direction when 'INCOMING' then amount_minor else -amount_minor end) as amount
      from transfers where status = 'COMPLETE' group by 1
    ), traded as (
      select account_id,
        sum(case side when 'sell' then amount_minor else -amount_minor end - commission_minor) as amount
      from fills group by 1
    ), other as (
      select entry.account_id, sum(entry.amount) as amount
      from ledger_entries as entry join ledger_transfers as transfer on transfer.id = entry.transfer_id
      where transfer.cause_kind not in ('transfer', 'order') and entry.account_id like '%:cash:USD'
      group by 1
    )
    select format('account %s has %s in cash; deposits, withdrawals, fills and the rest make %s', accounts.id,
      coalesce(cash.posted::text, 'no books'),
      coalesce(moved.amount, 0) + coalesce(traded.amount, 0) + coalesce(other.amount, 0)) as violation
    from accounts
    left join ledger_accounts as cash on cash.id = accounts.id::text || ':cash:USD'
    left join moved on moved.account_id = accounts.id
    left join traded on traded.account_id = accounts.id
    left join other on other.account_id = cash.id
    where cash.posted is distinct from
      coalesce(moved.amount, 0) + coalesce(traded.amount, 0) + coalesce(other.amount, 0)`,
)

const latestEventIsTheStatus = checkByQuery(
  'I24',
  'the latest event of every transfer and every bank tells the status that it has',
  sql`
    with latest as (
      select distinct on (stream, entity_id) stream, entity_id, status_to from events
      where stream in ('transfer', 'bank_relationship', 'wire_bank')
      order by stream, entity_id, id desc
    ), present as (
      select 'transfer' as stream, id as entity_id, status from transfers
      union all
      select 'bank_relationship', id, status from ach_relationships
      union all
      select 'wire_bank', id, status from recipient_banks
    )
    select format('%s %s is %s, but its latest event says %s', stream, entity_id, status,
      coalesce(status_to, 'nothing')) as violation
    from present left join latest using (stream, entity_id)
    where status_to is distinct from status`,
)

const sequenceHasNoGap = checkByQuery(
  'I25',
  'events are numbered without a gap or a repetition, their ULIDs in the same order',
  sql`
    with ordered as (
      select seq, ulid, event_id, lag(seq, 1, 0::bigint) over (order by seq) as seq_before,
        lag(ulid) over (order by seq) as ulid_before
      from event_sequence
    )
    select format('event %s comes after %s, %s after %s', seq, seq_before, ulid, ulid_before) as violation
    from ordered where seq <> seq_before + 1 or ulid collate "C" <= ulid_before collate "C"
    union all
    select format('event %s is neither numbered nor waiting to be', id)
    from events
    where not exists (select from event_sequence where event_id = events.id)
      and not exists (select from event_inbox where event_id = events.id)`,
)

/** What must be true of the broker's tables beside its ledger; `npm run verify` runs them. */
export const brokerChecks: readonly Check[] = [
  transfersHaveTheirSteps,
  ordersHaveTheirSteps,
  holdsBelongToOpenWork,
  cashIsWhatHappened,
  latestEventIsTheStatus,
  sequenceHasNoGap,
  ...accountChecks,
  ...journalChecks,
  ...firmChecks,
  ...fundingChecks,
  ...achRiskChecks,
  ...achLedgerChecks,
  ...rebalancingChecks,
  ...tradingChecks,
  ...orderChecks,
  ...lotChecks,
  ...feeChecks,
  ...corporateActionChecks,
  ...activityChecks,
  ...eventChecks,
]
