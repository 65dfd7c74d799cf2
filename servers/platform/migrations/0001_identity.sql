-- Who may sign in, which sessions live, and how many wrong passwords were tried.

create table users (
  id uuid primary key,
  -- Folded (NFC, lower case): one address, one user.
  email text not null unique,
  password_hash text not null,
  role text not null check (role in ('customer', 'operator')),
  is_demo boolean not null default false,
  created_at timestamptz not null
);
-- The landing page signs in as this one customer, so there is at most one.
create unique index users_one_demo on users (is_demo) where is_demo;

create table sessions (
  id uuid primary key,
  user_id uuid not null references users (id),
  -- SHA-256 of the cookie's value; null for a session that began with tokens.
  secret_hash text unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_by_user on sessions (user_id);

create table refresh_tokens (
  token_hash text primary key,
  session_id uuid not null references sessions (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Each token works once. A second use means that it was copied, and ends the session.
  used_at timestamptz
);

create table sign_in_failures (
  subject text primary key,
  failures integer not null,
  last_failed_at timestamptz not null,
  blocked_until timestamptz not null
);
