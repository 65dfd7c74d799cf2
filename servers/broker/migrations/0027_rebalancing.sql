-- Portfolios that accounts follow, who follows which, and the runs that trade an account towards its weights.

create table rebalancing_portfolios (
  id uuid primary key,
  name text not null,
  description text not null,
  status text not null check (status in ('active', 'inactive', 'needs_adjustment')),
  cooldown_days integer not null check (cooldown_days >= 0),
  -- As they are answered: type, symbol, percent as text.
  weights jsonb not null check (jsonb_typeof(weights) = 'array'),
  conditions jsonb check (jsonb_typeof(conditions) = 'array'),
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- An account follows one portfolio at most. Who no longer follows has no row.
create table rebalancing_subscriptions (
  account_id uuid not null references accounts (id),
  id uuid not null,
  portfolio_id uuid not null references rebalancing_portfolios (id),
  created_at timestamptz not null,
  last_rebalanced_at timestamptz,
  primary key (account_id)
);

create unique index rebalancing_subscriptions_by_id on rebalancing_subscriptions (account_id, id);
create index rebalancing_subscriptions_by_age on rebalancing_subscriptions (id);
create index rebalancing_subscriptions_by_portfolio on rebalancing_subscriptions (portfolio_id, id);

create table rebalancing_runs (
  account_id uuid not null references accounts (id),
  id uuid not null,
  type text not null check (type in ('full_rebalance', 'invest_cash')),
  -- Null for a run that somebody asked for with weights of its own.
  portfolio_id uuid references rebalancing_portfolios (id),
  weights jsonb not null check (jsonb_typeof(weights) = 'array'),
  initiated_from text not null check (initiated_from in ('system', 'api')),
  status text not null check (status in ('QUEUED', 'SELLS_IN_PROGRESS', 'BUYS_IN_PROGRESS', 'COMPLETED_SUCCESS',
    'COMPLETED_ADJUSTED', 'CANCELED', 'CANCELED_MID_RUN', 'ERROR', 'TIMEOUT')),
  -- Of an investment of cash: what was idle when it began.
  amount_minor numeric(38, 0),
  reason text,
  -- Counts the jobs that were scheduled for it, so that a job that comes twice knows itself.
  tick integer not null default 0,
  -- Until when its orders may take; known when it begins.
  ends_by timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  completed_at timestamptz,
  canceled_at timestamptz,
  primary key (account_id, id)
);

create index rebalancing_runs_by_age on rebalancing_runs (id);
create unique index rebalancing_runs_unfinished on rebalancing_runs (account_id)
  where status in ('QUEUED', 'SELLS_IN_PROGRESS', 'BUYS_IN_PROGRESS');

-- One row for each trade that a run wanted: the order it became, or why it became none.
create table rebalancing_legs (
  account_id uuid not null,
  run_id uuid not null,
  number integer not null,
  symbol text not null,
  side text not null check (side in ('buy', 'sell')),
  notional_minor numeric(38, 0) not null check (notional_minor >= 0),
  order_id uuid,
  skip_reason text,
  skip_details text,
  primary key (account_id, run_id, number),
  foreign key (account_id, run_id) references rebalancing_runs (account_id, id),
  foreign key (account_id, order_id) references orders (account_id, id),
  constraint rebalancing_legs_outcome_check check ((order_id is null) = (skip_reason is not null))
);

create unique index rebalancing_legs_by_order on rebalancing_legs (account_id, order_id) where order_id is not null;
