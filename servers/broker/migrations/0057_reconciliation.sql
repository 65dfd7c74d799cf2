-- What was compared each day, and where the books, the files and the bank did not agree.

create table reconciliation_runs (
  id uuid primary key,
  -- The banking day whose end was compared.
  day date not null,
  -- By the timetable, or because somebody asked.
  reason text not null check (reason in ('daily', 'asked')),
  at timestamptz not null,
  -- Of each check: how many things were compared, and how many did not agree.
  checks jsonb not null,
  figures jsonb not null,
  open_breaks integer not null check (open_breaks >= 0)
);

create index reconciliation_runs_by_day on reconciliation_runs (day, at, id);

create table reconciliation_breaks (
  id uuid primary key,
  kind text not null,
  -- What does not agree: a file, a batch, a line of the statement, an entry, an account.
  subject text not null,
  -- By how much; zero where it is not about money.
  amount_minor numeric(38, 0) not null,
  -- What both sides say.
  facts jsonb not null,
  -- What has probably happened.
  guess text not null,
  -- The banking day on which it should have agreed: its age counts from here.
  since date not null,
  -- CLEARED: a later run found that it agrees. RESOLVED: a person booked it or accepted it.
  state text not null check (state in ('OPEN', 'CLEARED', 'RESOLVED')),
  resolution text check (resolution in ('journal', 'note')),
  note text,
  ledger_transfer_id text,
  found_by uuid not null references reconciliation_runs (id),
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'OPEN') = (ended_at is null)),
  check ((state = 'RESOLVED') = (resolution is not null)),
  check ((resolution is not distinct from 'journal') = (ledger_transfer_id is not null))
);

-- One break about a thing while it is open.
create unique index reconciliation_breaks_open on reconciliation_breaks (kind, subject) where state = 'OPEN';
create index reconciliation_breaks_by_age on reconciliation_breaks (created_at, id);
create index reconciliation_breaks_by_subject on reconciliation_breaks (kind, subject, created_at);

revoke update, delete, truncate on reconciliation_runs from {{role}};
revoke delete, truncate on reconciliation_breaks from {{role}};
