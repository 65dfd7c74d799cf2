import { newYorkDate, settlementDate } from '@paddock/calendar'
import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'
import { finalStatuses } from '../orders/order.ts'

const salesHoldTheirShares = checkByQuery(
  'I11',
  'of the sales that work at the same shares one has set them aside, as many as each of them still has to sell',
  sql`
    with working as (
      select coalesce(parent_id, id) as head, id, held_amount, quantity_nano - filled_quantity_nano as remaining
      from orders
      where side = 'sell' and quantity_nano is not null and status <> 'held' and status <> all (${finalStatuses})
    )
    select format('the sales of order %s still have to sell %s, and hold %s', head, string_agg(remaining::text, ' or '),
      string_agg(held_amount::text, ' and ')) as violation
    from working group by head
    having min(remaining) <> max(remaining) or sum(held_amount) <> max(remaining)`,
)

const ordersAreTheirFills = checkByQuery(
  'I17',
  'every order has filled what its fills add up to, at their average price',
  sql`
    with filled as (
      select account_id, order_id, sum(quantity_nano) as quantity,
        div(sum(quantity_nano * price_micro) + div(sum(quantity_nano), 2), sum(quantity_nano)) as price
      from fills group by 1, 2
    )
    select format('order %s has filled %s at %s, its fills make %s at %s', id, filled_quantity_nano,
      filled_price_micro, coalesce(quantity, 0), price) as violation
    from orders left join filled on filled.account_id = orders.account_id and filled.order_id = orders.id
    where filled_quantity_nano <> coalesce(quantity, 0) or filled_price_micro is distinct from price`,
)

const ordersAreNotOverfilled = checkByQuery(
  'I18',
  'no order fills more than was asked for, and it is filled exactly when it has all of that',
  sql`
    with paid as (select account_id, order_id, sum(amount_minor) as money from fills group by 1, 2)
    select format('order %s for %s shares or %s cents is %s with %s shares for %s cents', id, quantity_nano,
      notional_minor, status, filled_quantity_nano, coalesce(money, 0)) as violation
    from orders left join paid on paid.account_id = orders.account_id and paid.order_id = orders.id
    where filled_quantity_nano > quantity_nano
      or (quantity_nano is not null and (status = 'filled') <> (filled_quantity_nano = quantity_nano))
      or (side = 'buy' and coalesce(money, 0) > notional_minor)`,
)

/** What happened to shares: trades, journals that were not undone, and what companies did to their shares. */
const shareMovements = sql`
  select account_id, symbol, case side when 'buy' then quantity_nano else -quantity_nano end as quantity from fills
  union all
  select to_account, symbol, quantity_nano from journals
  where entry_type = 'JNLS' and status in ('executed', 'activity_created')
  union all
  select from_account, symbol, -quantity_nano from journals
  where entry_type = 'JNLS' and status in ('executed', 'activity_created')
  union all
  select account_id, symbol, quantity_nano from activities where activity_type in ('SPLIT', 'CIL')`

const holdingsAreWhatHappened = checkByQuery(
  'I19',
  'what an account holds is the same by trades, journals and splits, by its statement, and by the ledger; so is its cost',
  sql`
    with happened as (
      select account_id, symbol, sum(quantity) as quantity from (${shareMovements}) as movements group by 1, 2
    ), told as (
      select account_id, symbol, sum(quantity_nano) as quantity from activities where symbol is not null group by 1, 2
    ), kept as (
      select owner::uuid as account_id, asset as symbol, posted as quantity from ledger_accounts
      where kind = 'shares' and owner <> 'firm'
    ), cost as (
      select account_id, symbol, sum(cost_minor) as cost from cost_movements group by 1, 2
    )
    select format('account %s: %s by what happened, %s by its statement, %s by the ledger in %s', account_id,
      coalesce(happened.quantity, 0), coalesce(told.quantity, 0), coalesce(kept.quantity, 0), symbol) as violation
    from happened full join told using (account_id, symbol) full join kept using (account_id, symbol)
    where coalesce(happened.quantity, 0) <> coalesce(told.quantity, 0)
      or coalesce(told.quantity, 0) <> coalesce(kept.quantity, 0)
    union all
    select format('account %s: its %s cost %s cents, but what happened makes %s', account_id, symbol,
      coalesce(cost_basis_minor, 0), coalesce(cost, 0))
    from positions full join cost using (account_id, symbol)
    where coalesce(cost_basis_minor, 0) <> coalesce(cost, 0)`,
)

const streetIsTheOtherSide = checkByQuery(
  'I20',
  'of every asset, what all accounts hold is what the firm has with the street, and what trades and splits explain',
  sql`
    with books as (
      select asset as symbol, sum(posted) filter (where kind = 'shares') as held,
        sum(posted) filter (where kind = 'street') as street, sum(posted) as total
      from ledger_accounts where asset <> 'USD' group by 1
    ), happened as (
      select symbol, sum(quantity) as quantity from (${shareMovements}) as movements group by 1
    )
    select format('%s: accounts hold %s, the street %s, trades and splits make %s', symbol, coalesce(held, 0),
      coalesce(street, 0), coalesce(quantity, 0)) as violation
    from books full join happened using (symbol)
    where coalesce(total, 0) <> 0 or coalesce(held, 0) + coalesce(street, 0) <> 0
      or coalesce(held, 0) <> coalesce(quantity, 0)`,
)

const clientOrderIdsAreUnique = checkByQuery(
  'I21',
  'there is one order for each client order id of an account',
  sql`
    select format('account %s has %s orders with the client order id %s', account_id, count(*), client_order_id)
      as violation
    from orders group by account_id, client_order_id having count(*) > 1`,
)

/** Events after which nothing happens to an order, and the status that each leaves it in. */
const endings = sql`(values ('fill', 'filled'), ('canceled', 'canceled'), ('rejected', 'rejected'),
  ('expired', 'expired'), ('replaced', 'replaced')) as ending (event, status)`

const endedOrdersStayEnded = checkByQuery(
  'I22',
  'nothing happens to an order after its end, and it ended as its events say',
  sql`
    with told as (
      select entity_id, status_to as event, ending.status as ends_as,
        row_number() over (partition by entity_id order by id desc) as from_last
      from events left join ${endings} on ending.event = status_to
      where stream = 'trade'
    )
    select format('order %s was over with %s, but something happened after it', entity_id, event) as violation
    from told where ends_as is not null and from_last > 1
    union all
    select format('order %s is %s, but its last event says %s', orders.id, orders.status, coalesce(event, 'nothing'))
    from orders left join told on told.entity_id = orders.id and from_last = 1
    where (orders.status in (select status from ${endings}) or ends_as is not null)
      and ends_as is distinct from orders.status`,
)

const fillsMoveOnce = checkByQuery(
  'I23',
  'every fill is one line of a statement and one set of movements in the ledger, of the same shares and money',
  sql`
    with lines as (select * from activities where activity_type = 'FILL')
    select format('fill %s of account %s: the trade is %s for %s, the line of the statement %s for %s',
      coalesce(fills.id, lines.id), coalesce(fills.account_id, lines.account_id), fills.quantity_nano,
      fills.amount_minor, lines.quantity_nano, lines.net_amount_minor) as violation
    from fills full join lines on lines.account_id = fills.account_id and lines.id = fills.id
    where fills.id is null or lines.id is null or fills.symbol <> lines.symbol
      or fills.settles_on <> lines.settles_on
      or lines.quantity_nano <> case side when 'buy' then fills.quantity_nano else -fills.quantity_nano end
      or lines.net_amount_minor <> case side when 'buy' then -fills.amount_minor else fills.amount_minor end
    union all
    select format('order %s has %s fills, but the ledger moved shares for it %s times', fills.order_id,
      count(distinct fills.id), count(distinct moved.id))
    from fills left join ledger_transfers as moved on moved.cause_kind = 'order'
      and moved.cause_id = fills.order_id::text and moved.type <> 'pend'
      and moved.asset = fills.symbol and moved.type <> 'void_pending'
    group by fills.order_id having count(distinct fills.id) <> count(distinct moved.id)`,
)

const fillsSettleInTime: Check = {
  id: 'I23',
  title: 'every fill settles on the business day after it, and of coins at once',
  async run(db) {
    const { rows } = await sql<{
      asset_class: string
      filled_at: Temporal.Instant
      settles_on: Temporal.PlainDate
    }>`
      select asset_class, min(fills.filled_at) as filled_at, settles_on
      from fills join orders on orders.account_id = fills.account_id and orders.id = fills.order_id
      group by asset_class, (fills.filled_at at time zone 'America/New_York')::date, settles_on`.execute(db)
    return rows.flatMap(({ asset_class, filled_at, settles_on }) => {
      const tradedOn = newYorkDate(filled_at)
      const due = asset_class === 'crypto' ? tradedOn : settlementDate(tradedOn)
      return due.equals(settles_on)
        ? []
        : [`fills of ${asset_class} on ${tradedOn} settle on ${settles_on}, not on ${due}`]
    })
  },
}

/** What must be true of orders, fills and holdings; `npm run verify` runs them. */
export const tradingChecks: readonly Check[] = [
  salesHoldTheirShares,
  ordersAreTheirFills,
  ordersAreNotOverfilled,
  holdingsAreWhatHappened,
  streetIsTheOtherSide,
  clientOrderIdsAreUnique,
  endedOrdersStayEnded,
  fillsMoveOnce,
  fillsSettleInTime,
]
