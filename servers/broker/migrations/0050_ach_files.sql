-- The files in which transfers travel to the bank, what is bound in them, and what the bank says of them.

-- How many entries were ever written for an ODFI: trace numbers and references count from it and never start again.
create table ach_trace_sequence (
  odfi_id text primary key check (odfi_id ~ '^\d{8}$'),
  last_number bigint not null default 0 check (last_number >= 0)
);

create table ach_files (
  id uuid primary key,
  -- Under which it lies in the drop.
  name text not null unique,
  origin text not null,
  created_on date not null,
  created_time text not null check (created_time ~ '^([01]\d|2[0-3])[0-5]\d$'),
  modifier text not null check (modifier ~ '^[A-Z0-9]$'),
  -- Our own number of the file, in the header's reference code.
  reference text not null unique,
  status text not null check (status in ('SEALED', 'SENT', 'ACCEPTED', 'REJECTED')),
  batches integer not null check (batches > 0),
  entries integer not null check (entries > 0),
  debits_minor numeric(38, 0) not null check (debits_minor >= 0),
  credits_minor numeric(38, 0) not null check (credits_minor >= 0),
  sha256 text not null,
  -- The whole text, sealed: what is sent is this and nothing else, however often it is tried.
  body bytea not null,
  sealed_at timestamptz not null,
  sent_at timestamptz,
  -- When the operator should have said something about it.
  answer_due_at timestamptz not null,
  answered_at timestamptz,
  -- Why it was rejected: rule, line, field and message of each finding.
  findings jsonb not null default '[]',
  constraint ach_files_once unique (origin, created_on, created_time, modifier),
  check ((status = 'SEALED') = (sent_at is null)),
  check ((status in ('ACCEPTED', 'REJECTED')) = (answered_at is not null))
);

create index ach_files_by_age on ach_files (sealed_at, id);
create index ach_files_open on ach_files (status) where status in ('SEALED', 'SENT');

create table ach_batches (
  file_id uuid not null references ach_files (id),
  number integer not null check (number > 0),
  sec_code text not null,
  description text not null,
  direction text not null check (direction in ('INCOMING', 'OUTGOING', 'BOTH')),
  speed text not null check (speed in ('STANDARD', 'SAME_DAY')),
  effective_on date not null,
  -- The line of its header in the file, counted from 1.
  line_number integer not null check (line_number > 0),
  entries integer not null check (entries > 0),
  debits_minor numeric(38, 0) not null check (debits_minor >= 0),
  credits_minor numeric(38, 0) not null check (credits_minor >= 0),
  primary key (file_id, number)
);

-- Where each transfer, prenote and micro-deposit is in a file. Bound with the file, in one transaction.
create table ach_entries (
  id uuid primary key,
  file_id uuid not null,
  batch_number integer not null,
  line_number integer not null check (line_number > 0),
  -- The number that `ach_trace_sequence` gave; the trace is its rest by 9,999,999 behind the ODFI's eight digits.
  sequence bigint not null unique check (sequence > 0),
  trace_number text not null check (trace_number ~ '^\d{15}$'),
  account_id uuid not null references accounts (id),
  relationship_id uuid not null,
  -- Which version of the bank's numbers it was written with.
  bank_version integer not null,
  purpose text not null check (purpose in ('TRANSFER', 'PRENOTE', 'MICRO_CREDIT', 'MICRO_DEBIT')),
  transfer_id uuid,
  -- The first try in a file, or a later one after a file was rejected.
  attempt integer not null default 1 check (attempt > 0),
  individual_id text not null,
  transaction_code text not null check (transaction_code ~ '^[23][2378]$'),
  amount_minor numeric(38, 0) not null check (amount_minor >= 0),
  -- Keyed hash of the account number as it stands in the entry.
  account_hash text not null,
  account_mask text not null,
  -- REJECTED: with its file. RETURNED: by an answer.
  status text not null check (status in ('BOUND', 'REJECTED', 'RETURNED')),
  created_at timestamptz not null,
  foreign key (file_id, batch_number) references ach_batches (file_id, number),
  foreign key (account_id, relationship_id) references ach_relationships (account_id, id),
  constraint ach_entries_once unique (account_id, transfer_id, attempt),
  check ((purpose = 'TRANSFER') = (transfer_id is not null)),
  check ((purpose = 'PRENOTE') = (amount_minor = 0))
);

-- A transfer is in one file that counts, never in two.
create unique index ach_entries_in_one_file on ach_entries (transfer_id) where status <> 'REJECTED';
create index ach_entries_by_trace on ach_entries (trace_number, sequence);
create index ach_entries_by_individual on ach_entries (individual_id, amount_minor);
create index ach_entries_by_file on ach_entries (file_id, batch_number, line_number);
create index ach_entries_by_relationship on ach_entries (account_id, relationship_id);

-- Everything the bank put into our drop, as it came, before anybody has read it.
create table ach_inbound_files (
  id uuid primary key,
  name text not null,
  sha256 text not null,
  body bytea not null,
  kind text not null check (kind in ('ACKNOWLEDGEMENT', 'STATEMENT', 'NACHA', 'UNREADABLE')),
  -- STORED: not read yet. DUPLICATE: the same content was here before. PARKED: nobody could make sense of it.
  status text not null check (status in ('STORED', 'READ', 'DUPLICATE', 'PARKED')),
  duplicate_of uuid references ach_inbound_files (id),
  problems jsonb not null default '[]',
  received_at timestamptz not null,
  read_at timestamptz,
  check ((status = 'DUPLICATE') = (duplicate_of is not null))
);

create unique index ach_inbound_files_once on ach_inbound_files (sha256) where status <> 'DUPLICATE';
create unique index ach_inbound_files_by_name on ach_inbound_files (name, sha256);
create index ach_inbound_files_by_age on ach_inbound_files (received_at, id);

-- What the bank answered about one of our entries, or what we hold for such an answer.
create table ach_answers (
  id uuid primary key,
  inbound_file_id uuid references ach_inbound_files (id),
  line_number integer not null check (line_number >= 0),
  kind text not null check (kind in (
    'RETURN', 'CORRECTION', 'DISHONORED', 'CONTESTED', 'REFUSED_CORRECTION', 'ACKNOWLEDGEMENT', 'OTHER')),
  code text not null,
  original_trace text not null,
  -- The trace of the answer itself.
  trace_number text not null,
  individual_id text not null,
  amount_minor numeric(38, 0) not null,
  account_hash text not null,
  -- The settlement day of the answer, where it says one.
  settles_on date,
  -- What is written beside the code, without anything that looks like an account number.
  information text not null default '',
  -- The corrected numbers of a notification of change.
  corrected_cipher text,
  -- APPLIED: it did what its code says. PARKED: a person must look. RESOLVED: a person has.
  state text not null check (state in ('APPLIED', 'PARKED', 'DUPLICATE', 'RESOLVED')),
  parked_because text,
  entry_id uuid references ach_entries (id),
  -- How a person resolved it, and what he wrote.
  resolution text,
  note text,
  created_at timestamptz not null,
  resolved_at timestamptz,
  check ((state = 'RESOLVED') = (resolved_at is not null)),
  check (state <> 'PARKED' or parked_because is not null)
);

create unique index ach_answers_once on ach_answers (inbound_file_id, line_number);
create index ach_answers_parked on ach_answers (created_at, id) where state = 'PARKED';
create index ach_answers_by_entry on ach_answers (entry_id, created_at);
create index ach_answers_by_trace on ach_answers (original_trace);

-- Returns that we dispute, or could: late ones, second ones, wrong amounts (contracts/nacha/answers.md §5).
create table ach_cases (
  id uuid primary key,
  answer_id uuid not null references ach_answers (id),
  entry_id uuid references ach_entries (id),
  -- The code with which our bank would send the return back.
  ground text not null check (ground in ('R61', 'R62', 'R67', 'R68', 'R69', 'R70')),
  -- OPEN until our bank was asked (DISHONORED) or somebody lets it be (CLOSED); CONTESTED by the other bank.
  state text not null check (state in ('OPEN', 'DISHONORED', 'CONTESTED', 'CORRECTED', 'CLOSED', 'LAPSED')),
  -- The last banking day for the step that comes next.
  due_on date not null,
  note text,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  unique (answer_id, ground)
);

create index ach_cases_open on ach_cases (due_on, id) where state in ('OPEN', 'DISHONORED');

-- The numbers of a linked bank account, each version for ever: as linked, then as its bank corrected them.
create table ach_bank_versions (
  account_id uuid not null,
  relationship_id uuid not null,
  version integer not null check (version > 0),
  source text not null check (source in ('LINKED', 'CORRECTION')),
  answer_id uuid references ach_answers (id),
  code text,
  account_number_cipher text not null,
  routing_number_cipher text not null,
  account_hash text not null,
  account_mask text not null,
  bank_account_type text not null check (bank_account_type in ('CHECKING', 'SAVINGS')),
  owner_name text not null,
  -- In place of our own reference, where the bank wants another.
  individual_id text,
  created_at timestamptz not null,
  primary key (account_id, relationship_id, version),
  foreign key (account_id, relationship_id) references ach_relationships (account_id, id),
  check ((source = 'CORRECTION') = (answer_id is not null))
);

-- How a bank account that was linked by hand is proved: by silence after a prenote, or by two amounts.
create table ach_verifications (
  account_id uuid not null,
  relationship_id uuid not null,
  method text not null check (method in ('PRENOTE', 'MICRO_DEPOSITS')),
  state text not null check (state in ('REQUESTED', 'SENT', 'VERIFIED', 'FAILED', 'LOCKED', 'EXPIRED')),
  -- Cents of the two credits, in order.
  amounts_cipher text,
  tries integer not null default 0 check (tries between 0 and 3),
  cutoff_at timestamptz not null,
  -- The first day on which the proof can be there: amounts are visible, or a prenote was not answered.
  provable_on date not null,
  expires_at timestamptz,
  reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, relationship_id),
  foreign key (account_id, relationship_id) references ach_relationships (account_id, id),
  check ((method = 'MICRO_DEPOSITS') = (amounts_cipher is not null))
);

create index ach_verifications_waiting on ach_verifications (cutoff_at) where state = 'REQUESTED';

-- The firm's settlement account as its bank says it is, line by line.
create table ach_statements (
  day date primary key,
  inbound_file_id uuid not null references ach_inbound_files (id),
  opening_minor numeric(38, 0) not null,
  closing_minor numeric(38, 0) not null,
  created_at timestamptz not null
);

create table ach_statement_lines (
  -- The bank's own, never used twice.
  id text primary key,
  day date not null references ach_statements (day),
  posted_at timestamptz not null,
  kind text not null check (kind in ('batch', 'return', 'other')),
  file text,
  batch_number integer,
  -- Above zero when money came to us.
  amount_minor numeric(38, 0) not null check (amount_minor <> 0),
  description text not null,
  created_at timestamptz not null
);

create index ach_statement_lines_by_day on ach_statement_lines (day, posted_at, id);
create index ach_statement_lines_by_file on ach_statement_lines (file, batch_number);

-- What somebody must know at once: no answer from the bank, a rate too high, something parked.
create table ach_alarms (
  id uuid primary key,
  kind text not null,
  -- What it is about; there is one open alarm of a kind about a thing.
  subject text not null,
  message text not null,
  raised_at timestamptz not null,
  cleared_at timestamptz
);

create unique index ach_alarms_open on ach_alarms (kind, subject) where cleared_at is null;

alter table transfers add column speed text not null default 'STANDARD' check (speed in ('STANDARD', 'SAME_DAY'));
-- The transfer that it presents again, and which presentation it is: 0 the first, at most two more.
alter table transfers add column represents_id uuid;
alter table transfers add column presentation integer not null default 0 check (presentation between 0 and 2);
alter table transfers add constraint transfers_represents_check check ((presentation = 0) = (represents_id is null));
create unique index transfers_presented_once on transfers (account_id, represents_id, presentation)
  where represents_id is not null;
create index transfers_to_send on transfers (cutoff_at)
  where transfer_type = 'ach' and status in ('QUEUED', 'APPROVED');

revoke delete, truncate on ach_files from {{role}};
revoke update, delete, truncate on ach_batches from {{role}};
revoke delete, truncate on ach_entries from {{role}};
revoke delete, truncate on ach_inbound_files from {{role}};
revoke delete, truncate on ach_answers from {{role}};
revoke delete, truncate on ach_cases from {{role}};
revoke update, delete, truncate on ach_bank_versions from {{role}};
revoke update, delete, truncate on ach_statements from {{role}};
revoke update, delete, truncate on ach_statement_lines from {{role}};
revoke delete, truncate on ach_alarms from {{role}};
