-- Corporate actions that somebody created (the calendar's own are computed), and the lists that customers keep.

create table corporate_actions (
  id uuid primary key,
  -- Stays the same over all announcements of one action.
  public_id text not null unique,
  ca_type text not null check (ca_type in ('dividend', 'split', 'merger', 'spinoff', 'name_change')),
  ca_sub_type text not null,
  symbol text not null,
  target_symbol text not null,
  declared_on date not null,
  ex_on date not null,
  record_on date not null,
  payable_on date not null,
  -- Dollars a share of a dividend or a merger, in millionths; rates in millionths of a share as well.
  cash_micro numeric(38, 0) not null check (cash_micro >= 0),
  old_rate_micro numeric(38, 0) not null check (old_rate_micro > 0),
  new_rate_micro numeric(38, 0) not null check (new_rate_micro > 0),
  created_at timestamptz not null,
  constraint corporate_actions_cash_check check (ca_type <> 'dividend' or cash_micro > 0),
  constraint corporate_actions_rates_check check (ca_type <> 'split' or old_rate_micro <> new_rate_micro)
);

create unique index one_split_a_day on corporate_actions (symbol, ex_on) where ca_type = 'split';
create index corporate_actions_by_ex_date on corporate_actions (ex_on, id);

revoke update, delete, truncate on corporate_actions from {{role}};

-- Who held an asset at the end of a day is the sum of the lines of their statements.
create index activities_by_symbol on activities (symbol, account_id) include (settles_on, at, quantity_nano)
  where symbol is not null;

create table watchlists (
  account_id uuid not null references accounts (id),
  id uuid not null,
  name text not null,
  -- In the order in which they were given.
  symbols text[] not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id),
  constraint watchlists_name_key unique (account_id, name)
);
