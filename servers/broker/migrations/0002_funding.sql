-- Banks that customers linked, and the money on its way from and to them.

create table ach_relationships (
  account_id uuid not null references accounts (id),
  id uuid not null,
  status text not null check (status in ('QUEUED', 'APPROVED', 'PENDING', 'REJECTED', 'CANCELED')),
  approval_method text not null check (approval_method in ('CORRESPONDENT', 'PLAID')),
  account_owner_name text not null,
  bank_account_type text not null check (bank_account_type in ('CHECKING', 'SAVINGS')),
  account_number_cipher text not null,
  routing_number_cipher text not null,
  processor_token_cipher text,
  account_mask text not null,
  nickname text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id)
);

create unique index one_active_ach_relationship on ach_relationships (account_id)
  where status in ('QUEUED', 'APPROVED', 'PENDING');

create table transfers (
  account_id uuid not null references accounts (id),
  id uuid not null,
  relationship_id uuid not null,
  transfer_type text not null check (transfer_type = 'ach'),
  direction text not null check (direction in ('INCOMING', 'OUTGOING')),
  amount_minor numeric(38, 0) not null check (amount_minor > 0),
  status text not null check (status in (
    'QUEUED', 'APPROVAL_PENDING', 'APPROVED', 'PENDING', 'SENT_TO_CLEARING', 'COMPLETE',
    'CANCELED', 'REJECTED', 'RETURNED', 'EXPIRED')),
  reason text,
  additional_information text,
  -- The New York day on which it was asked for: daily limits count by it.
  requested_on date not null,
  cutoff_at timestamptz,
  settles_on date,
  settles_at timestamptz,
  -- The banking day from which a settled deposit may leave again.
  withdrawable_on date,
  return_code text,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id),
  foreign key (account_id, relationship_id) references ach_relationships (account_id, id)
);

create index transfers_by_id on transfers (id);
create index transfers_by_age on transfers (account_id, created_at, id);
create index transfers_by_relationship on transfers (account_id, relationship_id, status);

-- The first answer to a key, so that a repeated request gets that answer and does nothing.
create table idempotent_answers (
  account_id uuid not null references accounts (id),
  key text not null,
  request_hash text not null,
  answer jsonb not null,
  created_at timestamptz not null,
  primary key (account_id, key)
);

revoke update, delete, truncate on idempotent_answers from {{role}};
