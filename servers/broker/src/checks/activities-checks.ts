import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

const cashIsTheStatement = checkByQuery(
  'I12',
  "every account's cash is the sum of the amounts on its statement",
  sql`
    with told as (
      select account_id, sum(net_amount_minor) as amount from activities group by 1
    ), kept as (
      select owner::uuid as account_id, posted as amount from ledger_accounts
      where kind = 'cash' and owner <> 'firm'
    )
    select format('account %s has %s in cash, but the lines of its statement make %s', account_id,
      coalesce(kept.amount, 0), coalesce(told.amount, 0)) as violation
    from told full join kept using (account_id)
    where coalesce(kept.amount, 0) <> coalesce(told.amount, 0)`,
)

const linesNameTheirOrder = checkByQuery(
  'I23',
  'every line of an execution is one of its order, on the same side and of the same asset',
  sql`
    select format('line %s of account %s is of order %s, which is %s %s', lines.id, lines.account_id,
      coalesce(lines.order_id::text, 'nobody'), coalesce(orders.side, 'not there'), orders.symbol) as violation
    from activities as lines
    left join orders on orders.account_id = lines.account_id and orders.id = lines.order_id
    where lines.activity_type = 'FILL'
      and (orders.id is null or orders.symbol <> lines.symbol
        or (orders.side = 'buy') <> (lines.quantity_nano > 0))`,
)

const statementsAddUp = checkByQuery(
  'I12',
  'every statement that was issued closes with what it opened with and what its lines make of it',
  sql`
    with issued as (
      select account_id, date, (facts ->> 'opening_cash')::numeric as opening,
        (facts ->> 'closing_cash')::numeric as closing,
        (select coalesce(sum((line ->> 'net_amount')::numeric), 0)
          from jsonb_array_elements(facts -> 'activities') as line) as lines,
        (select coalesce(sum((total ->> 'amount')::numeric), 0)
          from jsonb_array_elements(facts -> 'totals') as total) as totals
      from issued_documents where type = 'account_statement'
    )
    select format('the statement of account %s for %s opens with %s, closes with %s, and has lines of %s and totals of %s',
      account_id, date, opening, closing, lines, totals) as violation
    from issued where opening + lines <> closing or lines <> totals`,
)

const statementsFollowEachOther = checkByQuery(
  'I12',
  'every statement opens with what the one before it closed with',
  sql`
    with ordered as (
      select account_id, date, facts ->> 'opening_cash' as opening,
        lag(facts ->> 'closing_cash') over (partition by account_id order by date) as closed
      from issued_documents where type = 'account_statement'
    )
    select format('the statement of account %s for %s opens with %s, the one before closed with %s', account_id,
      date, opening, closed) as violation
    from ordered where closed is not null and opening <> closed`,
)

/** What must be true of the lines of statements and of what was issued; `npm run verify` runs them. */
export const activityChecks: readonly Check[] = [
  cashIsTheStatement,
  linesNameTheirOrder,
  statementsAddUp,
  statementsFollowEachOther,
]
