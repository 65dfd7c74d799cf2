import { checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

const eventsAreTheBrokers = checkByQuery(
  'I29',
  'every event that the platform keeps is one that the broker told, of the same account',
  sql`
    select format('event %s of the stream %s is kept for account %s; the broker has %s', kept.event_id, kept.stream,
      kept.account_id, coalesce(told.account_id::text, 'no such event')) as violation
    from platform.broker_events as kept
    left join broker.event_sequence as told on told.ulid = kept.event_id
    where told.account_id is distinct from kept.account_id`,
)

const cursorIsNotAhead = checkByQuery(
  'I30',
  "the platform's place in each stream of the broker is not ahead of what it has kept",
  sql`
    with followed (stream, told_as) as (
      values ('account', 'account'), ('funding', 'transfer'), ('funding', 'bank_relationship'),
        ('funding', 'wire_bank'), ('trade', 'trade')
    )
    select format('event %s of the stream %s was passed over', told.ulid, followed.stream) as violation
    from platform.event_cursors as cursor
    join followed on followed.stream = cursor.stream
    join broker.event_sequence as told on told.stream = followed.told_as
      and told.ulid collate "C" <= cursor.last_event_id collate "C"
    where not exists (
      select from platform.broker_events as kept
      where kept.account_id = told.account_id and kept.stream = followed.stream and kept.event_id = told.ulid
    )`,
)

const intentsAreAtTheBroker = checkByQuery(
  'I36',
  'what the platform takes for accepted is at the broker, as it was asked for',
  sql`
    select format('%s %s was accepted as %s, but the broker has it %s', intent.kind, intent.id, intent.broker_id, fault)
      as violation
    from platform.intents as intent
    left join broker.accounts as account on intent.kind = 'application' and account.id = intent.broker_id
    left join broker.ach_relationships as bank on intent.kind = 'relationship' and bank.id = intent.broker_id
    left join broker.transfers as transfer on intent.kind = 'transfer' and transfer.id = intent.broker_id
    left join broker.orders as placed on intent.kind = 'order' and placed.id = intent.broker_id
    cross join lateral (
      select case
        when coalesce(account.id, bank.id, transfer.id, placed.id) is null then 'not at all'
        when coalesce(bank.account_id, transfer.account_id, placed.account_id, intent.account_id) <> intent.account_id
          then 'for another account'
        when transfer.direction <> intent.direction then 'in the other direction'
        when placed.client_order_id <> intent.broker_key then 'under another name'
      end as fault
    ) as found
    where intent.state = 'accepted' and intent.kind in ('application', 'relationship', 'transfer', 'order')
      and fault is not null`,
)

const journalsAreAtTheBroker = checkByQuery(
  'I36',
  'every journal that the platform takes for accepted, alone or in a batch, is at the broker and moves what was asked for',
  sql`
    with asked as (
      select kind, id, broker_key, broker_id as journal_id, request
      from platform.intents where state = 'accepted' and kind = 'journal'
      union all
      select kind, id, broker_key, part.broker_id, request || entry
      from platform.intents as intent
      cross join lateral jsonb_array_elements(request -> 'entries') with ordinality as entries (entry, number)
      left join platform.intent_journals as part
        on part.user_id = intent.user_id and part.intent_id = intent.id and part.position = number - 1
      where state = 'accepted' and kind = 'journal_batch'
    )
    select format('%s %s was accepted as %s, but the broker has it %s', kind, asked.id, journal_id, fault) as violation
    from asked
    left join broker.journals as moved on moved.id = journal_id
    cross join lateral (
      select case
        when moved.id is null then 'not at all'
        when moved.from_account::text <> request ->> 'from_account' or moved.to_account::text <> request ->> 'to_account'
          then 'between other accounts'
        when moved.entry_type <> request ->> 'entry_type' or moved.symbol is distinct from upper(request ->> 'symbol')
          or coalesce(moved.amount_minor / 100, moved.quantity_nano / 1000000000)
            <> coalesce(request ->> 'amount', request ->> 'qty')::numeric
          then 'with something else'
        when moved.idempotency_key <> asked.broker_key then 'under another name'
      end as fault
    ) as found
    where fault is not null`,
)

const unknownOutcomesAreSettled = checkByQuery(
  'I36',
  'no outcome of a call to the broker has been unknown for ten minutes',
  sql`
    select format('%s %s was sent at %s and is still open', kind, id, called_at) as violation
    from platform.intents where state = 'open' and called_at < now() - interval '10 minutes'`,
)

/** Whether the platform's mirror agrees with the broker beside it; only where both are ours and share a database. */
export const mirrorChecks = [
  eventsAreTheBrokers,
  cursorIsNotAhead,
  intentsAreAtTheBroker,
  journalsAreAtTheBroker,
  unknownOutcomesAreSettled,
]
