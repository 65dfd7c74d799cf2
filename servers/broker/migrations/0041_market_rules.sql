-- What somebody has set for a symbol of the simulated market: its price, halts, and what becomes of orders. Each row is
-- all that is in force from its second on, until the symbol's next row. Rows are only added, under one lock, so that
-- whoever has read up to an id has missed nothing before it.

create table market_rules (
  id bigint generated always as identity primary key,
  symbol text not null,
  from_at timestamptz not null,
  -- Where the price was set to, and when; without these it walks as the seed has it.
  anchor_at timestamptz,
  anchor_price_micro numeric(38, 0) check (anchor_price_micro > 0),
  volatility_percent integer not null check (volatility_percent between 0 and 250),
  drift_ppm_per_day integer not null,
  spread_percent integer not null check (spread_percent between 1 and 10000),
  halted boolean not null,
  fill_mode text not null check (fill_mode in ('normal', 'never', 'reject', 'partial', 'later')),
  partial_quantity_nano numeric(38, 0) check (partial_quantity_nano > 0),
  constraint market_rules_anchor_check check ((anchor_at is null) = (anchor_price_micro is null)),
  constraint market_rules_partial_check check ((fill_mode = 'partial') = (partial_quantity_nano is not null))
);

create index market_rules_by_symbol on market_rules (symbol, id);

revoke update, delete, truncate on market_rules from {{role}};
