-- Keys that partners are given beside the configured one, what their tokens may do, and apps that act for one end user.

-- Credentials live in real time: all that is compared here is compared with now(), never with the world's clock.
create table api_keys (
  id text primary key,
  name text not null,
  -- Of 256 random bits, so a plain digest is enough; the secret itself is nowhere.
  secret_hash text not null check (length(secret_hash) = 64),
  secret_prefix text not null,
  -- Area to 'read' or 'write'; an area that is missing is closed.
  scopes jsonb not null check (jsonb_typeof(scopes) = 'object'),
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  replaced_by text references api_keys (id),
  last_used_at timestamptz
);

create table oauth_clients (
  id uuid primary key,
  secret_hash text not null check (length(secret_hash) = 64),
  name text not null,
  description text not null,
  url text not null,
  terms_of_use text not null,
  privacy_policy text not null,
  status text not null check (status in ('ACTIVE', 'DISABLED')),
  redirect_uris jsonb not null check (jsonb_typeof(redirect_uris) = 'array'),
  scopes jsonb not null check (jsonb_typeof(scopes) = 'array'),
  created_by text not null,
  created_at timestamptz not null default now()
);

-- What an end user allowed an app; exchanged once, and soon, for a token.
create table oauth_codes (
  code_hash text primary key check (length(code_hash) = 64),
  client_id uuid not null references oauth_clients (id),
  account_id uuid not null references accounts (id),
  redirect_uri text not null,
  scope text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- The token it became. A code that comes a second time was stolen, and takes that token with it.
  token_id uuid
);

create table access_tokens (
  token_hash text primary key check (length(token_hash) = 64),
  id uuid not null unique,
  -- Of a key: acts as that key for a quarter of an hour. 'root:…' stands for the configured one.
  key_id text,
  -- Of an app: acts for one account until it is revoked.
  client_id uuid references oauth_clients (id),
  account_id uuid references accounts (id),
  scope text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  constraint access_tokens_owner_check check (
    (key_id is not null and client_id is null and account_id is null and expires_at is not null)
    or (key_id is null and client_id is not null and account_id is not null))
);

create index access_tokens_expired on access_tokens (expires_at) where expires_at is not null;
