-- What the broker's streams told, and how far each was read. Both change in one transaction.

create table broker_events (
  account_id uuid not null,
  stream text not null check (stream in ('account', 'funding', 'trade')),
  event_id text not null,
  payload jsonb not null,
  received_at timestamptz not null,
  primary key (account_id, stream, event_id)
);
revoke update, delete, truncate on broker_events from {{role}};

create table event_cursors (
  stream text primary key check (stream in ('account', 'funding', 'trade')),
  last_event_id text not null,
  updated_at timestamptz not null
);
