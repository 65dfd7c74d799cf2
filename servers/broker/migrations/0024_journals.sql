-- Cash and shares that move between accounts of ours without a trade or a bank.

create table journals (
  id uuid primary key,
  entry_type text not null check (entry_type in ('JNLC', 'JNLS')),
  from_account uuid not null references accounts (id),
  to_account uuid not null references accounts (id),
  status text not null check (status in (
    'queued', 'pending', 'sent_to_clearing', 'executed', 'activity_created',
    'rejected', 'refused', 'canceled', 'deleted', 'correct')),
  amount_minor numeric(38, 0) check (amount_minor > 0),
  symbol text,
  quantity_nano numeric(38, 0) check (quantity_nano > 0),
  price_micro numeric(38, 0) check (price_micro > 0),
  -- Dollars that count against the limits: the amount, or what the shares were worth.
  value_minor numeric(38, 0) not null check (value_minor >= 0),
  -- What the shares had cost, which went with them; and what went back when it was undone.
  cost_minor numeric(38, 0) check (cost_minor >= 0),
  undone_cost_minor numeric(38, 0) check (undone_cost_minor >= 0),
  description text not null,
  -- Who sent the money, in wire form, as the travel rule wants it kept.
  travel_rule jsonb not null,
  -- How it was asked for: alone, among others, or by an operator in place of another one.
  origin text not null check (origin in ('single', 'batch', 'reverse_batch', 'correction')),
  idempotency_key text,
  reason text,
  -- The journal that this one takes the place of.
  corrects_id uuid unique references journals (id),
  -- The New York day on which it was asked for: daily limits count by it.
  requested_on date not null,
  settles_on date,
  executed_at timestamptz,
  -- The lines that it wrote into the two statements.
  from_activity_id uuid,
  to_activity_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint journals_accounts_check check (from_account <> to_account),
  constraint journals_moved_check check (
    (entry_type = 'JNLC') = (amount_minor is not null)
    and (entry_type = 'JNLS') = (symbol is not null and quantity_nano is not null and price_micro is not null)),
  constraint journals_executed_check check (
    (executed_at is not null) = (status in ('executed', 'activity_created', 'deleted', 'correct'))),
  constraint journals_correction_check check ((origin = 'correction') = (corrects_id is not null))
);

create index journals_by_age on journals (created_at, id);
create index journals_by_day on journals (requested_on);
create index journals_from on journals (from_account, created_at);
create index journals_to on journals (to_account, created_at);

revoke delete, truncate on journals from {{role}};
