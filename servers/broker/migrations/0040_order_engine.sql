-- Every type, class and status of order. An order is its own place in the queue: `look_at` says when the venue is
-- to be asked again, so that nothing that was acknowledged depends on what a process remembers.

alter table orders
  drop constraint orders_type_check,
  drop constraint orders_time_in_force_check,
  drop constraint orders_status_check,
  drop constraint orders_held_amount_check,
  drop constraint orders_filled_check,
  alter column hold_id drop not null,
  add column limit_price_micro numeric(38, 0) check (limit_price_micro > 0),
  add column stop_price_micro numeric(38, 0) check (stop_price_micro > 0),
  -- A trailing stop follows the best price at a distance in dollars, or in millionths of that price.
  add column trail_price_micro numeric(38, 0) check (trail_price_micro > 0),
  add column trail_ppm integer check (trail_ppm > 0),
  add column best_price_micro numeric(38, 0),
  -- When the stop was reached; from then on it is a market or a limit order.
  add column triggered_at timestamptz,
  add column extended_hours boolean not null default false,
  add column order_class text not null default 'simple' check (order_class in ('simple', 'bracket', 'oco', 'oto')),
  add column parent_id uuid,
  add column leg text check (leg in ('take_profit', 'stop_loss')),
  add column replaces uuid,
  add column replaced_by uuid,
  add column replaced_at timestamptz,
  add column expired_at timestamptz,
  add column cancel_requested_at timestamptz,
  -- `notional`: cents for the order; `qty`: millionths of a dollar per share; `bps`: hundredths of a basis point.
  add column commission_type text not null default 'notional' check (commission_type in ('notional', 'qty', 'bps')),
  add column commission_rate numeric(38, 0) not null default 0 check (commission_rate >= 0),
  add column commission_charged_minor numeric(38, 0) not null default 0 check (commission_charged_minor >= 0),
  -- Billionths of a share times millionths of a dollar: the sum over the executions, for the average price.
  add column filled_value numeric(38, 0) not null default 0 check (filled_value >= 0),
  add column filled_minor numeric(38, 0) not null default 0 check (filled_minor >= 0),
  -- What a share of a buy is expected to cost at most: its limit, or the quote with a collar.
  add column hold_price_micro numeric(38, 0) check (hold_price_micro > 0),
  -- How often the hold was made anew, and how many executions there were: they name the ledger's transfers.
  add column hold_number integer not null default 0,
  add column fill_count integer not null default 0,
  add column look_at timestamptz,
  add constraint orders_type_check check (type in ('market', 'limit', 'stop', 'stop_limit', 'trailing_stop')),
  add constraint orders_time_in_force_check check (time_in_force in ('day', 'gtc', 'opg', 'cls', 'ioc', 'fok')),
  add constraint orders_status_check check (status in ('accepted', 'pending_new', 'accepted_for_bidding', 'new',
    'partially_filled', 'held', 'stopped', 'suspended', 'calculated', 'done_for_day', 'pending_cancel', 'pending_replace',
    'filled', 'canceled', 'expired', 'rejected', 'replaced')),
  add constraint orders_exit_check check ((parent_id is null) = (leg is null)),
  add constraint orders_parent_key foreign key (account_id, parent_id) references orders (account_id, id) deferrable initially deferred;

update orders set
  filled_value = filled_quantity_nano * coalesce(filled_price_micro, 0),
  filled_minor = coalesce((select sum(amount_minor) from fills where fills.account_id = orders.account_id and order_id = orders.id), 0),
  commission_charged_minor = coalesce((select sum(fills.commission_minor) from fills where fills.account_id = orders.account_id and order_id = orders.id), 0),
  commission_rate = commission_minor,
  fill_count = (select count(*) from fills where fills.account_id = orders.account_id and order_id = orders.id),
  look_at = case when status in ('new', 'accepted') then submitted_at end;

-- A hold that is gone is no longer named.
update orders set hold_id = null, held_amount = 0 where status not in ('new', 'accepted');

alter table orders drop column commission_minor,
  -- Whoever works on orders would find one that is done, and due, for ever.
  add constraint orders_look_check check (look_at is null or status not in ('filled', 'canceled', 'expired', 'rejected', 'replaced')),
  add constraint orders_held_check check (held_amount >= 0 and (held_amount > 0) = (hold_id is not null));

drop index orders_open;
create index orders_open on orders (account_id, symbol)
  where status not in ('filled', 'canceled', 'expired', 'rejected', 'replaced');
create index orders_due on orders (look_at) where look_at is not null;
create index orders_by_parent on orders (account_id, parent_id) where parent_id is not null;
