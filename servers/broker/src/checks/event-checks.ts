import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

const ordersHaveTheirEvent = checkByQuery(
  'I24',
  'the latest event of every order tells the status that it has',
  sql`
    with latest as (
      select distinct on (entity_id) entity_id,
        case when status_to in ('order_cancel_rejected', 'order_replace_rejected') then payload -> 'order' ->> 'status'
          else status_to end as status_to
      from events
      where stream = 'trade' and status_to <> 'restated'
      order by entity_id, id desc
    )
    select format('order %s is %s, but its latest event says %s', orders.id, status, coalesce(status_to, 'nothing'))
      as violation
    from orders left join latest on entity_id = orders.id
    where status is distinct from
      case status_to when 'fill' then 'filled' when 'partial_fill' then 'partially_filled' else status_to end`,
)

const activitiesAreToldOnce = checkByQuery(
  'I24',
  'every event of an activity is about one line of a statement, of the same account, amount and status, and told once',
  sql`
    with told as (
      select entity_id, account_id, stream, status_to, payload ->> 'net_amount' as net_amount,
        count(*) over (partition by entity_id, account_id) as times
      from events where stream in ('trade_activity', 'non_trade_activity')
    )
    select format('activity %s of account %s is told %s times, as %s of %s; the statement says %s of %s', entity_id,
      told.account_id, times, status_to, told.net_amount, coalesce(status, 'nothing'), net_amount_minor) as violation
    from told
    left join activities on activities.account_id = told.account_id and activities.id = told.entity_id
    where activities.id is null or times > 1 or status <> status_to
      or told.net_amount::numeric * 100 <> net_amount_minor
      or (stream = 'trade_activity') <> (activity_type = 'FILL')`,
)

const changesFollowEachOther = checkByQuery(
  'I26',
  'of transfers, journals, relationships and banks each change begins where the one before it ended',
  sql`
    with told as (
      select events.stream, entity_id, coalesce(status_from, '') as status_from, status_to,
        lag(status_to, 1, '') over (partition by events.stream, entity_id order by seq nulls last, id) as before
      from events left join event_sequence on event_id = events.id
      where events.stream in ('transfer', 'journal', 'bank_relationship', 'wire_bank')
    )
    select format('%s %s went from %s to %s, but was %s', stream, entity_id, status_from, status_to, before) as violation
    from told where status_from <> before`,
)

const accountsAreInOrder = checkByQuery(
  'I26',
  "one account's events are numbered in the order in which they were written",
  sql`
    with ordered as (
      select account_id, event_id, lag(event_id) over (partition by account_id order by seq) as before
      from event_sequence where account_id is not null
    )
    select format('account %s hears of event %s after event %s', account_id, event_id, before) as violation
    from ordered where event_id < before`,
)

const numbersHaveTheirEvent = checkByQuery(
  'I24',
  'whatever has a number, or waits for one, is an event',
  sql`
    with named as (select event_id from event_sequence union all select event_id from event_inbox)
    select format('event %s has a number, or waits for one, and is not there', event_id) as violation
    from named where not exists (select from events where id = event_id)`,
)

export const eventChecks: readonly Check[] = [
  numbersHaveTheirEvent,
  ordersHaveTheirEvent,
  activitiesAreToldOnce,
  changesFollowEachOther,
  accountsAreInOrder,
]
