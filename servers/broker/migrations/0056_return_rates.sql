-- What came back of what was sent, each day over its sixty days before.

create table ach_return_rates (
  day date not null,
  company_id text not null,
  sec_code text not null,
  purpose text not null check (purpose in ('transfers', 'prenotes', 'micro_deposits')),
  entries integer not null check (entries >= 0),
  unauthorized integer not null check (unauthorized >= 0),
  administrative integer not null check (administrative >= 0),
  overall integer not null check (overall >= 0),
  -- What the worst of the three rates has reached.
  level text not null check (level in ('ok', 'half', 'over')),
  created_at timestamptz not null,
  primary key (day, company_id, sec_code, purpose),
  check (unauthorized + administrative <= overall and overall <= entries)
);

revoke update, delete, truncate on ach_return_rates from {{role}};
