-- Link: the tokens that open the page, the sessions in it, and what happened in them.

create table link_tokens (
  client_id text not null,
  token_hash text not null check (length(token_hash) = 64),
  request jsonb not null,
  update_item_id text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (client_id, token_hash),
  foreign key (client_id, update_item_id) references items (client_id, id)
);
-- The page knows the token, not the client.
create unique index on link_tokens (token_hash);

create table link_sessions (
  client_id text not null,
  id uuid not null,
  link_token_hash text not null,
  institution_id text,
  -- The login that the bank accepted. A custom user is JSON with names in it, so it is a ciphertext.
  login_cipher text,
  started_at timestamptz not null,
  finished_at timestamptz,
  outcome jsonb,
  primary key (client_id, id),
  foreign key (client_id, link_token_hash) references link_tokens
);
create index on link_sessions (client_id, link_token_hash, started_at);

create table link_events (
  client_id text not null,
  id uuid not null,
  session_id uuid not null,
  position bigint generated always as identity,
  name text not null,
  metadata jsonb not null,
  at timestamptz not null,
  primary key (client_id, id),
  foreign key (client_id, session_id) references link_sessions
);
create index on link_events (client_id, session_id, position);

revoke update, delete, truncate on link_events from {{role}};
