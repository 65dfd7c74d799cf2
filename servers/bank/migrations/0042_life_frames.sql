-- How far a life is planned, so that a look at it plans no month whose happenings are all behind it.

alter table bank_lives
  -- The month from which to plan on, and the balances with which it begins; null: from the first one told.
  add column plan_month date,
  add column plan_balances jsonb not null default '{}',
  -- Before this instant nothing more happens; null where nobody has looked.
  add column next_at timestamptz,
  -- The last entry in the books of each account that was told or needs no telling.
  add column entries_seen jsonb not null default '{}';
