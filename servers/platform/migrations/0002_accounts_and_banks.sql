-- What a user has at the broker and at banks. Ids of other servers are text or uuid without a foreign key.

create table brokerage_accounts (
  user_id uuid primary key references users (id),
  -- The broker's id.
  id uuid not null unique,
  account_number text not null,
  status text not null,
  crypto_status text,
  given_name text not null,
  family_name text not null,
  email text not null,
  created_at timestamptz not null,
  -- The last event that changed the statuses: an older one that comes again changes nothing.
  status_event_id text not null default ''
);

create table banks (
  user_id uuid not null references users (id),
  id uuid not null,
  item_id text not null,
  institution_name text not null,
  access_token_cipher text not null,
  -- SHA-256: a public token works once, so a retry with it must find what the first try made.
  public_token_hash text not null,
  linked_at timestamptz not null,
  removed_at timestamptz,
  primary key (user_id, id),
  unique (user_id, public_token_hash)
);

create table processor_tokens (
  user_id uuid not null references users (id),
  -- SHA-256: finds the bank behind a token that comes back to us.
  token_hash text not null,
  bank_id uuid not null,
  bank_account_id text not null,
  account_mask text,
  account_subtype text,
  created_at timestamptz not null,
  primary key (user_id, token_hash),
  foreign key (user_id, bank_id) references banks (user_id, id)
);

create table funding_links (
  user_id uuid not null references users (id),
  -- The broker's id of the ACH relationship.
  relationship_id uuid not null,
  bank_id uuid not null,
  bank_account_id text not null,
  account_mask text,
  account_subtype text,
  created_at timestamptz not null,
  primary key (user_id, relationship_id),
  foreign key (user_id, bank_id) references banks (user_id, id)
);
