import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

const journalsHaveTheirSteps = checkByQuery(
  'I16',
  'every journal has in the ledger exactly the steps that its status says, each of what it moves and between its accounts',
  sql`
    with steps as (
      select cause_id, min(amount) as least, max(amount) as most,
        concat_ws('+', string_agg(step || ':' || type, '+' order by step)) as done,
        count(*) filter (where step = 'undo') as undone,
        bool_and(case step when 'undo' then to_account else from_account end like '%:' || kind || ':' || asset) as fits,
        min(split_part(case step when 'undo' then to_account else from_account end, ':', 1)) as giver,
        max(split_part(case step when 'undo' then to_account else from_account end, ':', 1)) as last_giver,
        min(split_part(case step when 'undo' then from_account else to_account end, ':', 1)) as taker,
        max(split_part(case step when 'undo' then from_account else to_account end, ':', 1)) as last_taker,
        min(asset) as asset
      from ledger_transfers, lateral (select case asset when 'USD' then 'cash' else 'shares' end as kind) as of_asset
      where cause_kind = 'journal' group by cause_id
    ), expected as (
      select id::text as id, status, from_account::text as giver, to_account::text as taker,
        coalesce(amount_minor, quantity_nano) as amount, coalesce(symbol, 'USD') as asset,
        case
          when status in ('queued', 'pending', 'sent_to_clearing') then 'hold:pend'
          when status in ('rejected', 'refused', 'canceled') then 'hold:pend+release:void_pending'
          else case origin when 'correction' then 'execute:post' else 'execute:post_pending+hold:pend' end
            || case when status in ('deleted', 'correct') then '+undo:post' else '' end
        end as path
      from journals
    )
    select format('journal %s is %s for %s %s, but the ledger has %s of %s %s', coalesce(expected.id, steps.cause_id),
      coalesce(status, 'unknown'), amount, expected.asset, coalesce(done, 'nothing'), most, steps.asset) as violation
    from expected full join steps on steps.cause_id = expected.id
    where expected.id is null or steps.cause_id is null or done <> path or not fits
      or least <> amount or most <> amount or steps.asset <> expected.asset
      or steps.giver <> expected.giver or steps.last_giver <> expected.giver
      or steps.taker <> expected.taker or steps.last_taker <> expected.taker`,
)

const journalsAreBookedOnBothSides = checkByQuery(
  'I16',
  'an executed journal is one line on each of its two statements, equal and opposite; an undone one is taken back there',
  sql`
    with lines as (
      select details->>'journal_id' as journal_id, account_id, count(*) as lines,
        sum(net_amount_minor) as amount, coalesce(sum(quantity_nano), 0) as quantity
      from activities where activity_type in ('JNLC', 'JNLS') group by 1, 2
    ), expected as (
      select id::text as journal_id, account_id, status,
        case when status in ('executed', 'activity_created') then 1
          when status in ('deleted', 'correct') then 2 else 0 end as lines,
        case when status in ('executed', 'activity_created') then sign * coalesce(amount_minor, 0) else 0 end as amount,
        case when status in ('executed', 'activity_created') then sign * coalesce(quantity_nano, 0) else 0 end as quantity
      from journals, lateral (values (from_account, -1), (to_account, 1)) as side (account_id, sign)
    )
    select format('journal %s is %s: account %s should have %s lines of %s and %s shares, and has %s of %s and %s',
      journal_id, coalesce(expected.status, 'unknown'), account_id, expected.lines, expected.amount, expected.quantity,
      coalesce(lines.lines, 0), coalesce(lines.amount, 0), coalesce(lines.quantity, 0)) as violation
    from expected full join lines using (journal_id, account_id)
    where expected.lines is distinct from coalesce(lines.lines, 0)
      or expected.amount is distinct from coalesce(lines.amount, 0)
      or expected.quantity is distinct from coalesce(lines.quantity, 0)`,
)

const costGoesAlong = checkByQuery(
  'I16',
  'shares that are journaled take their cost along: what a position cost is what was paid, sold, received and given',
  sql`
    with traded as (
      select account_id, symbol, sum(case side when 'buy' then amount_minor else -cost_basis_minor end) as cost
      from fills group by 1, 2
    ), journaled as (
      select account_id, symbol, sum(sign * (coalesce(cost_minor, 0) - coalesce(undone_cost_minor, 0))) as cost
      from journals, lateral (values (from_account, -1), (to_account, 1)) as side (account_id, sign)
      where entry_type = 'JNLS' and executed_at is not null group by 1, 2
    )
    select format('account %s: its %s cost %s, but trades and journals make %s', account_id, symbol,
      positions.cost_basis_minor, coalesce(traded.cost, 0) + journaled.cost) as violation
    from journaled
    left join traded using (account_id, symbol)
    left join positions using (account_id, symbol)
    where positions.cost_basis_minor is distinct from coalesce(traded.cost, 0) + journaled.cost
      -- Splits, mergers and the like change costs in ways of their own.
      and not exists (
        select from activities
        where activities.account_id = journaled.account_id and activities.symbol = journaled.symbol
          and activity_type not in ('FILL', 'FEE', 'JNLS', 'DIV'))
    union all
    select format('journal %s moved shares, but no cost', id) from journals
    where entry_type = 'JNLS' and (
      (cost_minor is null) <> (executed_at is null)
      or (undone_cost_minor is null) <> (status not in ('deleted', 'correct')))`,
)

const correctionsTakeOnesPlace = checkByQuery(
  'I16',
  'a corrected journal has exactly one other in its place, between the same accounts and of the same kind',
  sql`
    select format('journal %s is corrected by %s', old.id, coalesce(new.id::text, 'nothing')) as violation
    from journals as old left join journals as new on new.corrects_id = old.id
    where old.status = 'correct' and (new.id is null or new.id = old.id)
    union all
    select format('journal %s corrects %s, which is %s', new.id, old.id, old.status)
    from journals as new join journals as old on old.id = new.corrects_id
    where old.status <> 'correct' or old.from_account <> new.from_account or old.to_account <> new.to_account
      or old.entry_type <> new.entry_type or old.symbol is distinct from new.symbol`,
)

const pathsAreLegal = checkByQuery(
  'I16',
  'every journal came to its status on a path that there is',
  sql`
    with told as (
      select entity_id, id, status_from, status_to,
        lag(status_to, 1, '') over (partition by entity_id order by id) as before
      from events where stream = 'journal'
    ), legal (status_from, status_to) as (
      values ('', 'queued'), ('queued', 'pending'), ('queued', 'sent_to_clearing'), ('queued', 'refused'),
        ('pending', 'sent_to_clearing'), ('pending', 'rejected'), ('pending', 'refused'), ('pending', 'canceled'),
        ('sent_to_clearing', 'executed'), ('executed', 'activity_created'),
        ('executed', 'correct'), ('executed', 'deleted'),
        ('activity_created', 'correct'), ('activity_created', 'deleted')
    )
    select format('journal %s went from %s (told as %s) to %s', entity_id, before, status_from, status_to) as violation
    from told
    where before <> status_from
      or not exists (select from legal
        where legal.status_from = told.status_from and legal.status_to = told.status_to)`,
)

const latestEventIsTheStatus = checkByQuery(
  'I24',
  'the latest event of every journal tells the status that it has',
  sql`
    with latest as (
      select distinct on (entity_id) entity_id, status_to from events
      where stream = 'journal' order by entity_id, id desc
    )
    select format('journal %s is %s, but its latest event says %s', coalesce(journals.id, entity_id), status,
      coalesce(status_to, 'nothing')) as violation
    from journals full join latest on entity_id = journals.id
    where status_to is distinct from status`,
)

const holdsBelongToOpenJournals = checkByQuery(
  'I11',
  'what is set aside for journals belongs to one that waits, and is what that one needs',
  sql`
    with held as (
      select cause_id, sum(amount) as amount from ledger_transfers as pend
      where type = 'pend' and cause_kind = 'journal'
        and not exists (select from ledger_transfers as ending where ending.pending_id = pend.id)
      group by 1
    ), wanted as (
      select id::text as cause_id, coalesce(amount_minor, quantity_nano) as amount from journals
      where status in ('queued', 'pending', 'sent_to_clearing')
    )
    select format('journal %s needs %s set aside, but %s is', cause_id, coalesce(wanted.amount, 0),
      coalesce(held.amount, 0)) as violation
    from wanted full join held using (cause_id)
    where coalesce(wanted.amount, 0) <> coalesce(held.amount, 0)`,
)

/** What must be true of journals; part of the broker's checks. */
export const journalChecks: readonly Check[] = [
  journalsHaveTheirSteps,
  journalsAreBookedOnBothSides,
  costGoesAlong,
  correctionsTakeOnesPlace,
  pathsAreLegal,
  latestEventIsTheStatus,
  holdsBelongToOpenJournals,
]
