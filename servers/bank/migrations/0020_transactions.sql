-- What happens on the accounts of living banks, as their customers read it, and what each item was told of it.
-- Money moves in the books only; a pending transaction holds what is available until it posts or is dropped.

create table bank_lives (
  institution_id text not null,
  login_key text not null,
  -- Which routine the login lives by, and what a custom user's JSON wrote down for it.
  script text not null,
  overrides jsonb not null default '[]',
  seed text not null,
  -- What came before is told but not in the books: the opening balance carries it.
  opened_at timestamptz not null,
  lived_until timestamptz,
  -- Numbers every change of a transaction of this login.
  head bigint not null default 0,
  refreshes integer not null default 0,
  primary key (institution_id, login_key)
);

create table bank_transactions (
  account_id text not null references bank_accounts,
  id text not null,
  changed_no bigint not null,
  state text not null check (state in ('pending', 'posted', 'removed')),
  -- Above zero: the customer has more.
  amount_minor bigint not null,
  name text not null,
  merchant_id text,
  category text not null,
  confidence text not null,
  method text not null,
  date date not null,
  authorized_on date,
  -- The pending one that this one came from.
  pending_id text,
  -- The entry in the books that this one tells, where it was not living that wrote it.
  entry_seq bigint,
  primary key (account_id, id),
  unique (account_id, entry_seq)
);
create index on bank_transactions (account_id, changed_no);

-- How far each item has been told.
create table item_feeds (
  client_id text not null,
  item_id text not null,
  started_at timestamptz not null,
  days_requested integer not null check (days_requested between 1 and 730),
  phase text not null check (phase in ('not_ready', 'initial', 'historical')),
  -- The last change of the bank that this item knows.
  seen_no bigint not null default 0,
  head bigint not null default 0,
  primary key (client_id, item_id),
  foreign key (client_id, item_id) references items
);

create table item_transactions (
  client_id text not null,
  account_id text not null,
  transaction_id text not null,
  item_id text not null,
  bank_account_id text not null,
  bank_transaction_id text not null,
  added_seq bigint not null,
  changed_seq bigint not null,
  removed boolean not null default false,
  primary key (client_id, account_id, transaction_id),
  unique (client_id, account_id, bank_transaction_id),
  foreign key (client_id, account_id) references accounts on delete cascade,
  foreign key (bank_account_id, bank_transaction_id) references bank_transactions
);
create index on item_transactions (client_id, item_id, changed_seq);
create index on item_transactions (bank_account_id, bank_transaction_id);
