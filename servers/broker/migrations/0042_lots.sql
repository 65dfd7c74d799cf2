-- What each purchase has left, so that a sale knows which shares it sells, what those have cost and since when they were held.

create table lots (
  account_id uuid not null,
  id uuid not null,
  symbol text not null,
  -- When the shares were bought; shares that are given keep the day of the giver.
  acquired_at timestamptz not null,
  -- The fill or the journal that brought them; `before` is what was held when lots began to be kept.
  source_kind text not null check (source_kind in ('fill', 'journal', 'before')),
  source_id uuid not null,
  -- As bought, in the shares of today: a split changes both quantities and no cost.
  quantity_nano numeric(38, 0) not null check (quantity_nano > 0),
  cost_minor numeric(38, 0) not null check (cost_minor >= 0),
  remaining_nano numeric(38, 0) not null check (remaining_nano between 0 and quantity_nano),
  remaining_minor numeric(38, 0) not null check (remaining_minor between 0 and cost_minor),
  primary key (account_id, id)
);

create index lots_open on lots (account_id, symbol, acquired_at, id) where remaining_nano > 0;

-- Which lots a sale, a journal or a payment for a fraction has taken, in the shares of then. What happened stays.
create table lot_takings (
  account_id uuid not null,
  -- The fill, the journal, or the line of the statement.
  taken_by uuid not null,
  lot_id uuid not null,
  taken_at timestamptz not null,
  quantity_nano numeric(38, 0) not null check (quantity_nano > 0),
  cost_minor numeric(38, 0) not null check (cost_minor >= 0),
  primary key (account_id, taken_by, lot_id),
  foreign key (account_id, lot_id) references lots (account_id, id)
);

create index lot_takings_by_lot on lot_takings (account_id, lot_id);

revoke update, delete, truncate on lot_takings from {{role}};

-- Cost was kept at average until now: what is held becomes one lot at that average.
insert into lots (account_id, id, symbol, acquired_at, source_kind, source_id, quantity_nano, cost_minor,
  remaining_nano, remaining_minor)
select positions.account_id, gen_random_uuid(), symbol, positions.updated_at, 'before', positions.account_id, posted,
  cost_basis_minor, posted, cost_basis_minor
from positions join ledger_accounts on ledger_accounts.id = positions.account_id::text || ':shares:' || symbol
where posted > 0;

-- Executions of before are of no lots.
alter table fills add column before_lots boolean not null default true;
alter table fills alter column before_lots set default false;

-- A free field of the vendor's; of a sale it may name the lots that go first.
alter table orders add column instructions text;
