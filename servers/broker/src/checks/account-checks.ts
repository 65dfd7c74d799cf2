import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'
import { BY_HAND, firstStatuses, isFinal, nextStatuses, sharedEnds } from '../accounts/status-graph.ts'

/** Every move of an account, one row for each side that it moved. */
const moves = sql`
  select id, entity_id, 'main' as side, payload ->> 'status_from' as status_from, payload ->> 'status_to' as status_to,
    payload ->> 'reason' as reason
  from events where stream = 'account' and payload ? 'status_to'
  union all
  select id, entity_id, 'crypto', payload ->> 'crypto_status_from', payload ->> 'crypto_status_to', payload ->> 'reason'
  from events where stream = 'account' and payload ? 'crypto_status_to'`

/** The table of the code, as rows; crypto shares the ends of its account from wherever it is. */
const legalMoves = Object.entries(nextStatuses).flatMap(([from, next]) => [
  ...next.map((to) => ({ from, to })),
  ...(isFinal(from as keyof typeof nextStatuses)
    ? []
    : sharedEnds.map((to) => ({ from, to, onlyCrypto: true }))),
])
const firstMoves = firstStatuses.map((to) => ({ from: '', to }))
const legal = JSON.stringify([...legalMoves, ...firstMoves])

const latestEventIsTheStatus = checkByQuery(
  'I24',
  'the latest event of every account tells the statuses that it has, of shares and of crypto',
  sql`
    with moves as (${moves}), latest as (
      select distinct on (entity_id, side) entity_id, side, status_to from moves order by entity_id, side, id desc
    ), present as (
      select id as entity_id, 'main' as side, status, '' as silent from accounts where account_type <> 'firm'
      union all
      -- Crypto that nobody asked for is INACTIVE without a word.
      select id, 'crypto', crypto_status, 'INACTIVE' from accounts where account_type <> 'firm'
    )
    select format('account %s (%s) is %s, but its latest event says %s', entity_id, side, status,
      coalesce(status_to, 'nothing')) as violation
    from present left join latest using (entity_id, side)
    where coalesce(status_to, silent) <> status`,
)

const movesFollowEachOther = checkByQuery(
  'I26',
  'every move of an account begins where the one before it ended',
  sql`
    with moves as (${moves}), told as (
      select *, lag(status_to) over (partition by entity_id, side order by id) as before from moves
    )
    select format('account %s (%s) went from %s to %s, but was %s', entity_id, side, status_from, status_to,
      coalesce(before, 'new')) as violation
    from told
    where status_from <> coalesce(before, case when side = 'crypto' and status_from = 'INACTIVE' then 'INACTIVE' else '' end)`,
)

const pathsAreLegal = checkByQuery(
  'I22',
  'every account came to its statuses on a way that there is, unless somebody set them by hand',
  sql`
    with moves as (${moves}), legal as (
      select way ->> 'from' as status_from, way ->> 'to' as status_to, coalesce((way ->> 'onlyCrypto')::boolean, false) as only_crypto
      from jsonb_array_elements(${legal}::jsonb) as way
    )
    select format('account %s (%s) went from %s to %s', entity_id, side, status_from, status_to) as violation
    from moves
    where coalesce(reason, '') <> ${BY_HAND}
      and not exists (select from legal
        where legal.status_from = moves.status_from and legal.status_to = moves.status_to
          and (moves.side = 'crypto' or not only_crypto))`,
)

/** At that moment: a dividend may still come afterwards, for shares that were held on its record date. */
const closedAccountsWereEmpty = checkByQuery(
  'I22',
  'an account that was closed by its rules had neither money nor shares in it',
  sql`
    with closed as (
      select entity_id, min(at) as at from events
      where stream = 'account' and payload ->> 'status_to' = 'ACCOUNT_CLOSED' and payload ->> 'reason' <> ${BY_HAND}
      group by 1
    )
    select format('account %s was closed with %s %s', entity_id, sum(amount), asset) as violation
    from closed
    join ledger_accounts on owner = entity_id::text and kind in ('cash', 'shares')
    join ledger_entries on ledger_entries.account_id = ledger_accounts.id and ledger_entries.at <= closed.at
    group by entity_id, asset having sum(amount) <> 0`,
)

/** What must be true of accounts; part of the broker's checks. */
export const accountChecks: readonly Check[] = [
  latestEventIsTheStatus,
  movesFollowEachOther,
  pathsAreLegal,
  closedAccountsWereEmpty,
]
