-- The bank's own books: accounts that people have at banks whether anyone linked them or not, and every
-- movement of money on them. What an item shows is one of these, so that all who linked one see one balance.

create table bank_accounts (
  id text primary key,
  -- `house` accounts are the other side of what customers do: the outside world, settlement, differences.
  kind text not null check (kind in ('customer', 'house')),
  institution_id text,
  -- Whose login shows it, and where in that login's list.
  login_key text,
  position integer,
  type text not null,
  subtype text not null,
  currency text not null,
  state text not null default 'open'
    check (state in ('open', 'closed', 'frozen', 'deceased', 'no_debits', 'no_transactions')),
  -- What the bank owes the customer: below zero when the customer owes the bank.
  balance_minor bigint not null default 0,
  -- Null for kinds of account of which banks do not tell it.
  available_minor bigint,
  -- How far the bank lets the account go below what is available.
  overdraft_minor bigint not null default 0 check (overdraft_minor >= 0),
  entry_count bigint not null default 0,
  opened_at timestamptz not null,
  unique (institution_id, login_key, position),
  check ((kind = 'customer') = (institution_id is not null and login_key is not null and position is not null))
);

-- Where money for an account is sent, as a keyed hash. A number that changed still finds its account.
create table bank_account_numbers (
  number_index text not null,
  account_id text not null references bank_accounts,
  seq bigint generated always as identity,
  primary key (number_index, account_id)
);
create index on bank_account_numbers (account_id);

create table bank_movements (
  id bigint generated always as identity primary key,
  -- What caused it: the same cause moves money once.
  key text not null unique,
  kind text not null,
  description text not null,
  at timestamptz not null
);

-- Only ever added to; the entries of a movement add up to zero.
create table bank_entries (
  account_id text not null references bank_accounts,
  seq bigint not null check (seq > 0),
  movement_id bigint not null references bank_movements,
  amount_minor bigint not null,
  balance_minor bigint not null,
  reference text,
  primary key (account_id, seq)
);
create index on bank_entries (movement_id);

revoke update, delete, truncate on bank_movements from {{role}};
revoke update, delete, truncate on bank_entries from {{role}};

-- What was linked before there were books: one account for each place in `user_good`'s list, and one for
-- each account of another login, whose list nobody can tell any more.
create temporary table linked on commit drop as
select accounts.*, items.institution_id, items.created_at,
  case when items.username = 'user_good' then 'user_good' else 'item.' || items.id end as login_key,
  case when items.username = 'user_good'
    then array_position(array['0000', '1111', '2222', '3333', '4444', '5555', '6666', '7777', '8888',
      '9001', '9002', '9999'], accounts.mask) - 1
    else accounts.position end as place
from accounts join items using (client_id)
where items.id = accounts.item_id;

insert into bank_accounts (id, kind, institution_id, login_key, position, type, subtype, currency,
  balance_minor, available_minor, overdraft_minor, entry_count, opened_at)
select distinct on (institution_id, login_key, place)
  gen_random_uuid()::text, 'customer', institution_id, login_key, place, type, subtype, currency,
  case when type in ('credit', 'loan') then -1 else 1 end * coalesce(current_minor, available_minor),
  available_minor, case when login_key = 'user_good' then 1000000000 else 0 end, 1, created_at
from linked order by institution_id, login_key, place, created_at;

insert into bank_accounts (id, kind, type, subtype, currency, balance_minor, entry_count, opened_at)
select 'outside.' || currency, 'house', 'other', 'outside', currency, -sum(balance_minor), count(*),
  min(opened_at)
from bank_accounts group by currency;

insert into bank_movements (key, kind, description, at)
select 'opening.' || id, 'opening', 'OPENING BALANCE', opened_at from bank_accounts where kind = 'customer';

insert into bank_entries (account_id, seq, movement_id, amount_minor, balance_minor)
select a.id, 1, m.id, a.balance_minor, a.balance_minor
from bank_accounts a join bank_movements m on m.key = 'opening.' || a.id;

insert into bank_entries (account_id, seq, movement_id, amount_minor, balance_minor)
select 'outside.' || a.currency, row_number() over w, m.id, -a.balance_minor, -sum(a.balance_minor) over w
from bank_accounts a join bank_movements m on m.key = 'opening.' || a.id
window w as (partition by a.currency order by a.id rows unbounded preceding);

alter table accounts add column bank_account_id text references bank_accounts;
update accounts set bank_account_id = b.id
from linked l, bank_accounts b
where l.client_id = accounts.client_id and l.id = accounts.id
  and b.institution_id = l.institution_id and b.login_key = l.login_key and b.position = l.place;
alter table accounts alter column bank_account_id set not null;
alter table accounts drop column current_minor, drop column available_minor;
create index on accounts (bank_account_id);
