-- Orders, their executions, and what the shares that an account holds have cost. How many it holds is in the ledger.

create table orders (
  account_id uuid not null references accounts (id),
  id uuid not null,
  client_order_id text not null,
  symbol text not null,
  asset_class text not null check (asset_class in ('us_equity', 'crypto')),
  side text not null check (side in ('buy', 'sell')),
  type text not null check (type = 'market'),
  time_in_force text not null check (time_in_force in ('day', 'gtc', 'ioc')),
  -- What was asked for: shares or dollars.
  quantity_nano numeric(38, 0) check (quantity_nano > 0),
  notional_minor numeric(38, 0) check (notional_minor > 0),
  commission_minor numeric(38, 0) not null check (commission_minor >= 0),
  subtag text,
  source text,
  status text not null check (status in ('new', 'accepted', 'filled', 'canceled', 'rejected')),
  -- The ledger's pend that sets aside the cash of a buy or the shares of a sale.
  hold_id text not null,
  held_amount numeric(38, 0) not null check (held_amount > 0),
  filled_quantity_nano numeric(38, 0) not null default 0 check (filled_quantity_nano >= 0),
  filled_price_micro numeric(38, 0) check (filled_price_micro > 0),
  submitted_at timestamptz not null,
  expires_at timestamptz,
  filled_at timestamptz,
  canceled_at timestamptz,
  failed_at timestamptz,
  updated_at timestamptz not null,
  primary key (account_id, id),
  constraint orders_client_order_id_key unique (account_id, client_order_id),
  constraint orders_asked_for_check check ((quantity_nano is null) <> (notional_minor is null)),
  constraint orders_filled_check check ((status = 'filled') = (filled_price_micro is not null))
);

create index orders_by_age on orders (account_id, submitted_at, id);
create index orders_open on orders (account_id, symbol) where status in ('new', 'accepted');

-- One row for each execution. What happened stays.
create table fills (
  account_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  symbol text not null,
  side text not null check (side in ('buy', 'sell')),
  quantity_nano numeric(38, 0) not null check (quantity_nano > 0),
  price_micro numeric(38, 0) not null check (price_micro > 0),
  -- Cents that a buy cost or a sale brought, before commission.
  amount_minor numeric(38, 0) not null check (amount_minor >= 0),
  commission_minor numeric(38, 0) not null check (commission_minor >= 0),
  -- What the shares sold had cost, and what the sale brought beyond that. Null for buys.
  cost_basis_minor numeric(38, 0),
  realized_minor numeric(38, 0),
  position_quantity_nano numeric(38, 0) not null check (position_quantity_nano >= 0),
  filled_at timestamptz not null,
  settles_on date not null,
  primary key (account_id, id),
  foreign key (account_id, order_id) references orders (account_id, id),
  constraint fills_sale_check check ((side = 'sell') = (realized_minor is not null and cost_basis_minor is not null))
);

create index fills_by_order on fills (account_id, order_id);
create index fills_by_age on fills (account_id, symbol, filled_at);
create index fills_unsettled on fills (account_id, settles_on) where side = 'sell';

revoke update, delete, truncate on fills from {{role}};

-- Cost of the shares held, at average cost. A row stays when its position is closed, with no cost left.
create table positions (
  account_id uuid not null references accounts (id),
  symbol text not null,
  cost_basis_minor numeric(38, 0) not null check (cost_basis_minor >= 0),
  realized_minor numeric(38, 0) not null default 0,
  updated_at timestamptz not null,
  primary key (account_id, symbol)
);
