import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

const ordersHoldWhatTheySay = checkByQuery(
  'I11',
  'an open order that holds something has exactly one open pend, of that amount and from its own books; all others have none',
  sql`
    with held as (
      select cause_id, min(id) as id, count(*) as pends, sum(amount) as amount, min(from_account) as book
      from ledger_transfers as pend
      where type = 'pend' and cause_kind = 'order'
        and not exists (select from ledger_transfers as ending where ending.pending_id = pend.id)
      group by 1
    )
    select format('order %s is %s and holds %s as %s, but the ledger has %s pends of %s from %s',
      coalesce(orders.id::text, cause_id), status, held_amount, hold_id, coalesce(pends, 0), amount, book) as violation
    from orders full join held on cause_id = orders.id::text
    where orders.id is null
      or (hold_id is not null and status in ('filled', 'canceled', 'expired', 'rejected', 'replaced'))
      or (held_amount > 0) <> (pends is not distinct from 1)
      or (held_amount > 0 and (held.id <> hold_id or amount <> held_amount
        or book <> account_id || case side when 'buy' then ':cash:USD' else ':shares:' || symbol end))`,
)

const exitsBelongTogether = checkByQuery(
  'I22',
  'exits belong to an order of the same account, asset and class, and end when one of them has sold everything',
  sql`
    select format('exit %s (%s) of %s belongs to order %s (%s)', exits.id, exits.order_class, exits.symbol,
      parent.id, parent.order_class) as violation
    from orders as exits join orders as parent
      on parent.account_id = exits.account_id and parent.id = exits.parent_id
    where parent.symbol <> exits.symbol or parent.order_class <> exits.order_class
      or exits.order_class not in ('bracket', 'oco', 'oto')
    union all
    select format('exit %s is %s although %s has sold everything', exits.id, exits.status, other.id)
    from orders as exits join orders as other on other.account_id = exits.account_id and other.id <> exits.id
      and (other.parent_id = exits.parent_id or (exits.order_class = 'oco' and other.id = exits.parent_id))
    where other.status = 'filled' and exits.parent_id is not null
      and exits.status not in ('filled', 'canceled', 'expired', 'rejected', 'replaced')
    union all
    select format('exit %s is %s before its order is filled', exits.id, exits.status)
    from orders as exits join orders as parent
      on parent.account_id = exits.account_id and parent.id = exits.parent_id
    where exits.order_class in ('bracket', 'oto') and parent.status <> 'filled' and exits.filled_quantity_nano > 0`,
)

/** What orders, the ledger and each other must agree on; `npm run verify` runs them. */
export const orderChecks: readonly Check[] = [ordersHoldWhatTheySay, exitsBelongTogether]
