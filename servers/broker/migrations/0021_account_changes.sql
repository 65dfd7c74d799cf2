-- What happens to accounts after their application: edits, restrictions, papers, identity checks, and their end.

-- What the customer set for trading; null until the first time. What the broker set, and what it blocked.
alter table accounts add column trading_configurations jsonb;
alter table accounts add column admin_configurations jsonb not null default '{}';
alter table accounts add column trading_blocked boolean not null default false;
alter table accounts add column transfers_blocked boolean not null default false;
alter table accounts add column account_blocked boolean not null default false;
-- Tax ids of a minor and of beneficiaries, encrypted like the holder's.
alter table accounts add column further_tax_ids_cipher text;
-- What the application asked of its reviewers: the sandbox fixtures are in it.
alter table accounts add column additional_information text;
-- Names change once through the API.
alter table accounts add column names_changed_at timestamptz;

-- Papers of the owner. Their contents are encrypted and in no answer.
create table owner_documents (
  account_id uuid not null references accounts (id),
  id uuid not null,
  document_type text not null,
  document_sub_type text,
  -- What the contents are, whatever the sender called them; null when nobody can tell.
  mime_type text,
  -- Null for those of which only the kind was told.
  content_cipher text,
  size_bytes integer not null check (size_bytes >= 0),
  created_at timestamptz not null,
  primary key (account_id, id)
);

revoke update, delete, truncate on owner_documents from {{role}};

insert into owner_documents (account_id, id, document_type, document_sub_type, mime_type, size_bytes, created_at)
select accounts.id, (paper ->> 'id')::uuid, paper ->> 'document_type', paper ->> 'document_sub_type',
  paper ->> 'mime_type', 0, accounts.created_at
from accounts cross join lateral jsonb_array_elements(coalesce(application -> 'documents', '[]')) as paper;

update accounts set application = application - 'documents';

-- Tokens for the identity check in a vendor's window, by hash, and how each one ended.
create table identity_checks (
  account_id uuid not null references accounts (id),
  id uuid not null,
  token_hash text not null,
  outcome text not null check (outcome in ('NOT_STARTED', 'USER_EXITED', 'SDK_ERROR', 'USER_COMPLETED')),
  reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id),
  constraint identity_checks_token_key unique (account_id, token_hash)
);

-- The customer identification that a firm did by itself, as it told us: one per account, encrypted.
create table customer_identifications (
  account_id uuid primary key references accounts (id),
  id uuid not null,
  body_cipher text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- The crypto side's beginning had no event of its own.
with told as (
  insert into events (account_id, stream, entity_id, status_from, status_to, at, payload)
  select id, 'account', id, status, status, updated_at, jsonb_build_object('account_number', account_number,
    'crypto_status_from', '', 'crypto_status_to', crypto_status, 'reason', '')
  from accounts
  where account_type <> 'firm' and crypto_status <> 'INACTIVE'
    and not exists (select from events where entity_id = accounts.id and payload ? 'crypto_status_to')
  returning id
)
insert into event_inbox (event_id) select id from told;
