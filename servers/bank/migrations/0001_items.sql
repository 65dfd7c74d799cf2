-- What the bank must remember: who linked which accounts, and which tokens open them. Every row names
-- its API client, first in each key, so that one client can never reach what another one linked.

create table items (
  client_id text not null,
  id text not null,
  institution_id text not null,
  username text not null,
  products text[] not null,
  webhook text,
  login_required_at timestamptz,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (client_id, id)
);

-- Account numbers and owners are ciphertexts bound to their row.
create table accounts (
  client_id text not null,
  id text not null,
  item_id text not null,
  position integer not null,
  name text not null,
  official_name text,
  mask text not null,
  type text not null,
  subtype text not null,
  holder_category text not null,
  currency text not null,
  current_minor bigint,
  available_minor bigint,
  limit_minor bigint,
  numbers_cipher text,
  owners_cipher text not null,
  primary key (client_id, id),
  unique (client_id, item_id, position),
  foreign key (client_id, item_id) references items,
  check (current_minor is not null or available_minor is not null)
);

-- Tokens are kept as SHA-256 only: who reads this database cannot speak for a client.
create table public_tokens (
  client_id text not null,
  token_hash text not null check (length(token_hash) = 64),
  item_id text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  exchanged_at timestamptz,
  primary key (client_id, token_hash),
  foreign key (client_id, item_id) references items
);
create index on public_tokens (client_id, item_id);

create table access_tokens (
  client_id text not null,
  token_hash text not null check (length(token_hash) = 64),
  item_id text not null,
  created_at timestamptz not null,
  primary key (client_id, token_hash),
  foreign key (client_id, item_id) references items
);
create index on access_tokens (client_id, item_id);

create table processor_tokens (
  client_id text not null,
  token_hash text not null check (length(token_hash) = 64),
  item_id text not null,
  account_id text not null,
  processor text not null,
  created_at timestamptz not null,
  primary key (client_id, token_hash),
  foreign key (client_id, account_id) references accounts
);
create unique index on processor_tokens (token_hash);
create index on processor_tokens (client_id, account_id);
