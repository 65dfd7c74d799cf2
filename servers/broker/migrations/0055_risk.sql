-- Rules for money that may come back: what an account may move, what was decided and why, and credit on deposits.

-- How much of a deposit the account may buy with before it arrives; and how long it stays afterwards, as it was
-- agreed when it was asked for.
alter table transfers add column instant_minor numeric(38, 0) not null default 0
  check (instant_minor between 0 and amount_minor and (instant_minor = 0 or direction = 'INCOMING'));
alter table transfers add column hold_banking_days integer not null default 5 check (hold_banking_days >= 0);

create index transfers_by_request_day on transfers (account_id, requested_on);

-- What an operator set for one account; null is what everybody has.
create table account_risk_rules (
  account_id uuid primary key references accounts (id),
  per_transfer_minor numeric(38, 0) check (per_transfer_minor >= 0),
  per_30_days_minor numeric(38, 0) check (per_30_days_minor >= 0),
  at_risk_minor numeric(38, 0) check (at_risk_minor >= 0),
  instant_credit_minor numeric(38, 0) check (instant_credit_minor >= 0),
  hold_banking_days integer check (hold_banking_days between 0 and 60),
  transfers_per_day integer check (transfers_per_day >= 0),
  banks_per_week integer check (banks_per_week >= 0),
  returns_in_30_days integer check (returns_in_30_days >= 0),
  closed_loop boolean,
  updated_at timestamptz not null
);

-- Every decision about a transfer or a new bank, with the figures that each rule looked at. What was decided stays.
create table risk_decisions (
  account_id uuid not null references accounts (id),
  id uuid not null,
  subject text not null check (subject in ('deposit', 'withdrawal', 'bank')),
  -- The transfer or relationship that came of it; null when nothing did.
  subject_id uuid,
  amount_minor numeric(38, 0),
  outcome text not null check (outcome in ('let_through', 'refused')),
  -- The rule that said no.
  rule text,
  -- Each rule in order: {"rule", "answer", "figures"}.
  findings jsonb not null,
  at timestamptz not null,
  primary key (account_id, id),
  check ((outcome = 'refused') = (rule is not null)),
  check ((outcome = 'refused') = (subject_id is null))
);

create index risk_decisions_by_age on risk_decisions (at, id);

revoke update, delete, truncate on risk_decisions from {{role}};
