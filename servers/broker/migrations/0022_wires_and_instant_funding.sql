-- Banks that receive wires, wires with their fees, review of large transfers, and credit before the money arrives.

alter table ach_relationships drop constraint ach_relationships_status_check;
alter table ach_relationships add constraint ach_relationships_status_check check (status in (
  'QUEUED', 'APPROVED', 'PENDING', 'REJECTED', 'CANCELED', 'CANCEL_FAILED'));

create table recipient_banks (
  account_id uuid not null references accounts (id),
  id uuid not null,
  status text not null check (status in ('QUEUED', 'SENT_TO_CLEARING', 'APPROVED', 'REJECTED', 'CANCELED')),
  name text not null,
  bank_code text not null,
  bank_code_type text not null check (bank_code_type in ('ABA', 'BIC')),
  account_number_cipher text not null,
  -- Where the bank is; only for those abroad, empty for others.
  country text not null,
  state_province text not null,
  postal_code text not null,
  city text not null,
  street_address text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id),
  constraint recipient_banks_address_check check ((bank_code_type = 'BIC') = (country <> ''))
);

create unique index one_active_recipient_bank on recipient_banks (account_id)
  where status in ('QUEUED', 'SENT_TO_CLEARING', 'APPROVED');

alter table transfers drop constraint transfers_transfer_type_check;
alter table transfers add constraint transfers_transfer_type_check check (transfer_type in ('ach', 'wire'));
alter table transfers alter column relationship_id drop not null;
alter table transfers add column bank_id uuid;
alter table transfers add foreign key (account_id, bank_id) references recipient_banks (account_id, id);
alter table transfers add constraint transfers_counterpart_check check (
  (transfer_type = 'ach') = (relationship_id is not null) and (transfer_type = 'wire') = (bank_id is not null));
-- The fee that the customer pays beside the amount, and the one that the firm is billed instead.
alter table transfers add column fee_minor numeric(38, 0) not null default 0 check (fee_minor >= 0);
alter table transfers add column billed_fee_minor numeric(38, 0) not null default 0 check (billed_fee_minor >= 0);
alter table transfers add column fee_payment_method text not null default 'invoice'
  check (fee_payment_method in ('user', 'invoice'));
alter table transfers add constraint transfers_fee_check check (
  (transfer_type = 'wire' or (fee_minor = 0 and billed_fee_minor = 0))
  and (fee_payment_method = 'user' or fee_minor = 0) and (fee_payment_method = 'invoice' or billed_fee_minor = 0));

create index transfers_by_bank on transfers (account_id, bank_id, status) where bank_id is not null;

-- Money that an account may buy with before it arrives; the firm's account pays for it on the next banking day.
create table instant_fundings (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  source_account_id uuid not null references accounts (id),
  amount_minor numeric(38, 0) not null check (amount_minor > 0),
  status text not null check (status in ('PENDING', 'EXECUTED', 'COMPLETED', 'CANCELED', 'FAILED')),
  -- The banking day to whose batch it belongs, and the one on which it must be paid for.
  system_date date not null,
  deadline date not null,
  reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (account_id <> source_account_id),
  check (deadline > system_date)
);

create index instant_fundings_by_account on instant_fundings (account_id, status);
create index instant_fundings_by_age on instant_fundings (created_at, id);
create index instant_fundings_by_deadline on instant_fundings (deadline, status);
create index instant_fundings_by_system_date on instant_fundings (system_date);

-- Interest for each day on which it was paid too late.
create table instant_funding_interests (
  id uuid primary key,
  instant_funding_id uuid not null references instant_fundings (id),
  day date not null,
  amount_minor numeric(38, 0) not null check (amount_minor > 0),
  status text not null check (status in ('PENDING', 'RECONCILED')),
  created_at timestamptz not null,
  reconciled_at timestamptz,
  unique (instant_funding_id, day),
  check ((status = 'RECONCILED') = (reconciled_at is not null))
);

create table instant_settlements (
  id uuid primary key,
  source_account_id uuid not null references accounts (id),
  status text not null check (status in ('PENDING', 'AWAITING_ADDITIONAL_FUNDS', 'COMPLETED', 'FAILED')),
  total_minor numeric(38, 0) not null check (total_minor > 0),
  interest_minor numeric(38, 0) not null check (interest_minor >= 0),
  additional_info text,
  reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  completed_at timestamptz
);

create unique index one_instant_settlement_in_progress on instant_settlements ((true))
  where status in ('PENDING', 'AWAITING_ADDITIONAL_FUNDS');
create index instant_settlements_by_age on instant_settlements (created_at, id);

-- What one settlement pays for, and who sent that money, as the law wants it kept; encrypted.
create table instant_settlement_items (
  settlement_id uuid not null references instant_settlements (id),
  instant_funding_id uuid not null references instant_fundings (id),
  transmitter_cipher text not null,
  primary key (settlement_id, instant_funding_id)
);

create index instant_settlement_items_by_funding on instant_settlement_items (instant_funding_id);

revoke delete, truncate on instant_fundings from {{role}};
revoke delete, truncate on instant_settlements from {{role}};
revoke update, delete, truncate on instant_settlement_items from {{role}};
