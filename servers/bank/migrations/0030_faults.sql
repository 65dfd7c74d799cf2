-- What is wrong on purpose, until somebody ends it; and when the consent of an item ends.

create table faults (
  id uuid primary key,
  seq bigint generated always as identity,
  kind text not null check (kind in ('institution_down', 'institution_not_responding', 'institution_degraded',
    'product_not_ready', 'rate_limit', 'slow', 'internal_error', 'planned_maintenance', 'wrong_numbers', 'wrong_owner')),
  -- Null is any.
  institution_id text,
  item_id text,
  path text,
  product text,
  delay_ms integer check (delay_ms between 1 and 60000),
  -- How often it happens; null is without end.
  times integer check (times > 0),
  met_count integer not null default 0,
  made_at timestamptz not null,
  ended_at timestamptz
);
create index faults_open on faults (seq) where ended_at is null;

revoke delete, truncate on faults from {{role}};

alter table items add column consent_expires_at timestamptz;
