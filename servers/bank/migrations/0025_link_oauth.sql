-- A bank that signs people in on its own page: what Link sends them there with, and what they decided.

create table link_oauth_states (
  client_id text not null,
  id uuid not null,
  session_id uuid not null,
  decision text check (decision in ('shared', 'refused')),
  -- Places of the accounts at the bank: they have no id until an item has them.
  account_keys text[] not null default '{}',
  created_at timestamptz not null,
  decided_at timestamptz,
  -- The app's page has come back with it. It does so once.
  returned_at timestamptz,
  primary key (client_id, id),
  foreign key (client_id, session_id) references link_sessions,
  check ((decision is null) = (decided_at is null))
);
-- The bank's page knows the state, not the client.
create unique index on link_oauth_states (id);
