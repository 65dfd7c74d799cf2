import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

const weightsAreWhole = checkByQuery(
  'R1',
  'the weights of every portfolio and run are above zero and add up to 100.00',
  sql`
    with weighted as (
      select 'portfolio' as what, id, weights from rebalancing_portfolios
      union all
      select 'run', id, weights from rebalancing_runs
    ), summed as (
      select what, id, coalesce(sum((weight ->> 'percent')::numeric), 0) as total,
        coalesce(min((weight ->> 'percent')::numeric), 0) as least
      from weighted left join lateral jsonb_array_elements(weights) as weight on true group by what, id
    )
    select format('%s %s has weights of %s, the least of them %s', what, id, total, least) as violation
    from summed where total <> 100 or least <= 0`,
)

const oneRunAtATime = checkByQuery(
  'R2',
  'an account has at most one unfinished run, and every unfinished run has a job that waits for it',
  sql`
    with unfinished as (
      select * from rebalancing_runs where status in ('QUEUED', 'SELLS_IN_PROGRESS', 'BUYS_IN_PROGRESS')
    )
    select format('account %s has %s unfinished runs', account_id, count(*)) as violation
    from unfinished group by account_id having count(*) > 1
    union all
    select format('run %s is %s, but no job waits for it', id, status)
    from unfinished
    where not exists (
      select from agenda where queue = 'advance-rebalancing-run' and failed_at is null
        and key = unfinished.id::text || ':' || unfinished.tick)`,
)

const legsAreOfTheirRun = checkByQuery(
  'R3',
  'every leg of a run became an order of the same account, asset and side, or says why not; finished runs leave none open',
  sql`
    select format('leg %s of run %s wanted to %s %s, its order is to %s %s', leg.number, leg.run_id, leg.side, leg.symbol,
      coalesce(orders.side, 'nothing'), coalesce(orders.symbol, 'nothing')) as violation
    from rebalancing_legs as leg
    left join orders on orders.account_id = leg.account_id and orders.id = leg.order_id
    where (leg.order_id is null) = (leg.skip_reason is null)
      or (leg.order_id is not null and (orders.id is null or orders.symbol <> leg.symbol or orders.side <> leg.side
        or orders.client_order_id <> 'rebalance-' || leg.run_id || '-' || leg.number))
    union all
    select format('run %s is %s, but its order %s is %s', run.id, run.status, orders.id, orders.status)
    from rebalancing_runs as run
    join rebalancing_legs as leg on leg.account_id = run.account_id and leg.run_id = run.id
    join orders on orders.account_id = leg.account_id and orders.id = leg.order_id
    where run.status in ('COMPLETED_SUCCESS', 'COMPLETED_ADJUSTED', 'CANCELED', 'CANCELED_MID_RUN', 'TIMEOUT', 'ERROR')
      and orders.status in ('new', 'accepted')`,
)

/** What must be true of portfolios and the runs towards them. */
export const rebalancingChecks: readonly Check[] = [weightsAreWhole, oneRunAtATime, legsAreOfTheirRun]
