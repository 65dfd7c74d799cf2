-- The agenda: work that falls due at an instant of world time, queued in the transaction that makes it necessary.
create table agenda (
  id bigint generated always as identity primary key,
  queue text not null,
  key text not null,
  payload jsonb not null,
  run_at timestamptz not null,
  attempts integer not null default 0,
  -- real time: until then another worker has it, or it waits after a failure
  leased_until timestamptz not null default '-infinity',
  failed_at timestamptz,
  last_error text,
  unique (queue, key)
);
create index agenda_due on agenda (run_at, id) where failed_at is null;
