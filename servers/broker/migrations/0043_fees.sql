-- Regulatory fees: what each execution owes, what an account owes for a day, and when that was booked.

-- In millionths of a millionth of a dollar: what one execution owes is mostly less than a cent.
alter table fills
  add column reg_fee_pico numeric(38, 0) not null default 0 check (reg_fee_pico >= 0),
  add column taf_fee_pico numeric(38, 0) not null default 0 check (taf_fee_pico >= 0),
  add column cat_fee_pico numeric(38, 0) not null default 0 check (cat_fee_pico >= 0);

-- The running totals of one account and one day of fees; the day ends when they are booked, in the evening.
create table fee_days (
  account_id uuid not null references accounts (id),
  day date not null,
  reg_pico numeric(38, 0) not null default 0 check (reg_pico >= 0),
  taf_pico numeric(38, 0) not null default 0 check (taf_pico >= 0),
  cat_pico numeric(38, 0) not null default 0 check (cat_pico >= 0),
  booked_at timestamptz,
  primary key (account_id, day)
);

create index fee_days_open on fee_days (account_id, day) where booked_at is null;
