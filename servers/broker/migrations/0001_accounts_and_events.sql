-- The customers' accounts, and the log of everything that happened to them, from which the event streams are served.

create sequence account_numbers start 731000001;

create table accounts (
  id uuid primary key,
  account_number text not null unique default nextval('account_numbers')::text,
  -- The e-mail in the form that must be unique: lower case.
  email_key text not null unique,
  status text not null check (status in (
    'INACTIVE', 'ONBOARDING', 'SUBMITTED', 'SUBMISSION_FAILED', 'ACTION_REQUIRED', 'ACCOUNT_UPDATED',
    'APPROVAL_PENDING', 'APPROVED', 'REJECTED', 'ACTIVE', 'DISABLED', 'ACCOUNT_CLOSED')),
  crypto_status text not null check (crypto_status in (
    'INACTIVE', 'ONBOARDING', 'SUBMITTED', 'SUBMISSION_FAILED', 'ACTION_REQUIRED', 'ACCOUNT_UPDATED',
    'APPROVAL_PENDING', 'APPROVED', 'REJECTED', 'ACTIVE', 'DISABLED', 'ACCOUNT_CLOSED')),
  account_type text not null,
  currency text not null,
  enabled_assets jsonb not null,
  -- What the application said, without the tax id: that one is encrypted and never leaves.
  application jsonb not null,
  tax_id_cipher text,
  search_text text not null,
  kyc_results jsonb,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create index accounts_by_age on accounts (created_at, id);

-- One row for everything that happened, written in the transaction that made it happen. It has no number
-- yet: a reader that followed `id` would skip a row whose transaction commits late.
create table events (
  id bigint generated always as identity primary key,
  account_id uuid not null references accounts (id),
  stream text not null check (stream in ('account', 'transfer', 'bank_relationship', 'trade')),
  entity_id uuid not null,
  status_from text,
  status_to text not null,
  -- When it happened in the world; `created_at` is when it was written down.
  at timestamptz not null,
  payload jsonb not null,
  created_at timestamptz not null default clock_timestamp()
);

create index events_by_entity on events (entity_id, id);

-- Events that the sequencer has not numbered yet.
create table event_inbox (
  event_id bigint primary key references events (id)
);

-- The order in which the world hears of events: one writer, so no cursor ever skips one.
create table event_sequence (
  seq bigint primary key,
  ulid text not null unique,
  event_id bigint not null unique references events (id),
  stream text not null,
  account_id uuid not null
);

create index event_sequence_by_stream on event_sequence (stream, seq);

revoke update, delete, truncate on events from {{role}};
revoke update, delete, truncate on event_sequence from {{role}};
