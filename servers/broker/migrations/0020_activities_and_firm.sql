-- What happened to accounts in the words of a statement, the firm's own account, and events that are of no one account.

create table activities (
  account_id uuid not null references accounts (id),
  -- The execution, or the movement in the ledger, that it tells of.
  id uuid not null,
  activity_type text not null,
  sub_type text,
  status text not null check (status in ('executed', 'correct', 'canceled')),
  -- When it was booked, in world time, and the day on which it settles.
  at timestamptz not null,
  settles_on date not null,
  -- Signed, as seen from the account: their sum is the account's cash.
  net_amount_minor numeric(38, 0) not null,
  symbol text,
  -- Signed like the amount: their sum is what the account holds.
  quantity_nano numeric(38, 0),
  price_micro numeric(38, 0),
  per_share_micro numeric(38, 0),
  description text not null,
  order_id uuid,
  -- Several activities of one event share it; and the activity that this one corrects or undoes.
  group_id uuid,
  previous_id uuid,
  -- What only this type of activity has, in wire form.
  details jsonb not null,
  primary key (account_id, id)
);

create index activities_by_age on activities (at, id);
create index activities_of_account_by_age on activities (account_id, at, id);
create index activities_by_order on activities (account_id, order_id) where order_id is not null;

revoke update, delete, truncate on activities from {{role}};

-- What happened before there were activities.
insert into activities (account_id, id, activity_type, status, at, settles_on, net_amount_minor, symbol, quantity_nano,
  price_micro, description, order_id, details)
select account_id, id, 'FILL', 'executed', filled_at, settles_on,
  case side when 'sell' then amount_minor else -amount_minor end, symbol,
  case side when 'sell' then -quantity_nano else quantity_nano end, price_micro, '', order_id,
  jsonb_build_object('side', side, 'type', 'fill', 'order_status', 'filled', 'leaves_qty', '0',
    'cum_qty', trim_scale(quantity_nano / 1000000000)::text)
from fills;

insert into activities (account_id, id, activity_type, sub_type, status, at, settles_on, net_amount_minor, symbol,
  description, order_id, details)
select account_id, gen_random_uuid(), 'FEE', 'COM', 'executed', filled_at, settles_on, -commission_minor, symbol,
  'commission', order_id, '{}'
from fills where commission_minor > 0;

insert into activities (account_id, id, activity_type, status, at, settles_on, net_amount_minor, description, details)
select account_id, id, case direction when 'INCOMING' then 'CSD' else 'CSW' end, 'executed',
  settles_at, settles_on, case direction when 'INCOMING' then amount_minor else -amount_minor end, '',
  jsonb_build_object('transfer_id', id)
from transfers where status = 'COMPLETE' or (status = 'RETURNED' and settles_at is not null
  and exists (select from ledger_transfers where cause_kind = 'transfer' and cause_id = transfers.id::text and step = 'settle'));

insert into activities (account_id, id, activity_type, status, at, settles_on, net_amount_minor, description, previous_id, details)
select account_id, gen_random_uuid(), case direction when 'INCOMING' then 'CSD' else 'CSW' end, 'executed',
  updated_at, (updated_at at time zone 'America/New_York')::date,
  case direction when 'INCOMING' then -amount_minor else amount_minor end, coalesce(reason, ''), id,
  jsonb_build_object('transfer_id', id)
from transfers where status = 'RETURNED'
  and exists (select from ledger_transfers where cause_kind = 'transfer' and cause_id = transfers.id::text and step = 'settle');

-- Journals, banks for wires and what operators do are told of as well; some events are of no account.
alter table events drop constraint events_stream_check;
alter table events add constraint events_stream_check check (stream in (
  'account', 'transfer', 'bank_relationship', 'trade', 'wire_bank', 'journal',
  'trade_activity', 'non_trade_activity', 'admin', 'system'));
alter table events alter column account_id drop not null;
alter table event_sequence alter column account_id drop not null;

-- Keys of requests that belong to no account have a scope of their own.
alter table idempotent_answers drop constraint idempotent_answers_account_id_fkey;
alter table idempotent_answers alter column account_id type text;
alter table idempotent_answers rename column account_id to scope;
