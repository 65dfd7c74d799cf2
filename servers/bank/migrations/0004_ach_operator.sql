-- The simulated ACH operator: files that a firm sent, where their entries stand, what is to be answered and when.
-- Account numbers stand in ciphertexts only; files for the firm are sealed until they are delivered.

create table ach_files (
  name text primary key,
  sha256 text not null,
  status text not null check (status in ('accepted', 'rejected')),
  -- Origin, creation date and time, modifier: an accepted file with the same ones is a duplicate.
  identity text not null,
  received_at timestamptz not null
);
create unique index ach_files_once on ach_files (identity) where status = 'accepted';
create index ach_files_by_content on ach_files (sha256);

create table ach_batches (
  file_name text not null references ach_files,
  number integer not null,
  -- The batch header as it was read.
  header jsonb not null,
  primary key (file_name, number)
);

create table ach_entries (
  file_name text not null,
  line integer not null,
  batch_number integer not null,
  kind text not null check (kind in ('forward', 'prenote', 'dishonored_return', 'refused_correction')),
  direction text not null check (direction in ('debit', 'credit')),
  amount_minor bigint not null check (amount_minor >= 0),
  routing_number text not null,
  trace_number text not null,
  individual_id text not null,
  -- The entry and its addenda as they were read.
  entry_cipher text not null,
  -- Set when the operator itself sends the entry back.
  edit_code text,
  settles_at timestamptz not null,
  settled_at timestamptz,
  -- Whose account it moved; null for banks that are not simulated and for entries that were not posted.
  account_id text references bank_accounts,
  primary key (file_name, line),
  foreign key (file_name, batch_number) references ach_batches
);
create index ach_entries_due on ach_entries (settles_at) where settled_at is null;
create index ach_entries_by_trace on ach_entries (trace_number);
create index ach_entries_by_individual on ach_entries (individual_id);

-- What the receiving bank answers to an entry.
create table ach_answers (
  -- Counted without a gap, so that a killed operator gives the same trace numbers at its second try.
  id bigint primary key,
  -- What caused it: the same cause gives one answer.
  key text not null unique,
  file_name text not null,
  line integer not null,
  kind text not null check (kind in ('return', 'correction', 'contest')),
  code text not null,
  -- What is wrong with it on purpose.
  flaw text check (flaw in ('late', 'duplicate', 'wrong_amount', 'unknown_trace', 'malformed')),
  amount_minor bigint not null,
  -- For a contest: the dishonor that is answered.
  dishonor_file text,
  dishonor_line integer,
  due_at timestamptz not null,
  settles_at timestamptz not null,
  -- Where the money is booked against: the customer's account, or where unposted money waits.
  contra_id text not null references bank_accounts,
  trace_number text,
  delivery_name text,
  batch_number integer,
  settled_at timestamptz,
  foreign key (file_name, line) references ach_entries
);
create index ach_answers_due on ach_answers (due_at) where delivery_name is null;
create index ach_answers_unsettled on ach_answers (settles_at) where settled_at is null;
create index ach_answers_by_entry on ach_answers (file_name, line);
create index ach_answers_by_trace on ach_answers (trace_number);

-- Files for the firm, whole before anything of them leaves: a file has the same bytes however often it is written.
create table ach_deliveries (
  name text primary key,
  body_cipher text not null,
  due_at timestamptz not null,
  delivered_at timestamptz
);
create index ach_deliveries_due on ach_deliveries (due_at) where delivered_at is null;

-- What somebody wants to happen to an entry that is still to come, or has come.
create table ach_plans (
  id bigint generated always as identity primary key,
  -- Null matches whatever comes next.
  trace_number text,
  individual_id text,
  code text not null check (code ~ '^[RC]\d\d$'),
  flaw text check (flaw in ('late', 'duplicate', 'wrong_amount', 'unknown_trace', 'malformed')),
  made_at timestamptz not null,
  used_at timestamptz
);
create index ach_plans_open on ach_plans (id) where used_at is null;

-- Banks that the operator cannot settle with just now.
create table ach_banks_down (
  routing_number text primary key,
  since timestamptz not null
);

-- The firm's settlement account as the statement shows it.
create table ach_statement_lines (
  id text primary key,
  at timestamptz not null,
  kind text not null check (kind in ('batch', 'return', 'other')),
  file text,
  batch_number integer,
  amount_minor bigint not null check (amount_minor <> 0),
  description text not null,
  -- The day whose statement shows it.
  stated_on date
);
create index ach_statement_lines_by_day on ach_statement_lines (stated_on, at, id);

revoke delete, truncate on ach_files from {{role}};
revoke update, delete, truncate on ach_batches from {{role}};
revoke delete, truncate on ach_entries from {{role}};
revoke delete, truncate on ach_answers from {{role}};
revoke delete, truncate on ach_deliveries from {{role}};
revoke update, delete, truncate on ach_statement_lines from {{role}};
grant update (stated_on) on ach_statement_lines to {{role}};
