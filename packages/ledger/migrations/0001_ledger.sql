-- Double entry for cash and shares. TypeScript decides; the constraints and grants are a second wall.

create table ledger_accounts (
  id text collate "C" primary key,
  owner text not null,
  kind text not null,
  asset text not null,
  -- Posted less pending-out never falls below it. Null: the account may go as far down as it likes.
  floor numeric(38, 0),
  posted numeric(38, 0) not null default 0,
  pending_in numeric(38, 0) not null default 0,
  pending_out numeric(38, 0) not null default 0,
  -- How many entries the account has, which is also the version of its last one.
  version bigint not null default 0,
  created_at timestamptz not null default now(),
  constraint ledger_accounts_id_check check (id = owner || ':' || kind || ':' || asset),
  constraint ledger_accounts_floor_check check (floor is null or posted - pending_out >= floor),
  constraint ledger_accounts_pending_check check (pending_in >= 0 and pending_out >= 0),
  constraint ledger_accounts_version_check check (version >= 0)
)
-- Balances change often and no index covers them: free room keeps the new row version on the same page.
with (fillfactor = 60);

create index ledger_accounts_owner on ledger_accounts (owner);

create table ledger_transfers (
  id text collate "C" primary key,
  type text not null,
  -- The pend that a post_pending or void_pending ends. Accounts and asset are repeated from it.
  pending_id text collate "C",
  from_account text collate "C" not null,
  to_account text collate "C" not null,
  asset text not null,
  amount numeric(38, 0) not null,
  cause_kind text collate "C" not null,
  cause_id text collate "C" not null,
  step text collate "C" not null,
  -- When it happened, as the caller says; and when it was recorded, as the database says.
  at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint ledger_transfers_type_check check (type in ('post', 'pend', 'post_pending', 'void_pending')),
  constraint ledger_transfers_pending_check check ((pending_id is null) = (type in ('post', 'pend'))),
  constraint ledger_transfers_accounts_check check (from_account <> to_account),
  constraint ledger_transfers_amount_check check (amount > 0),
  constraint ledger_transfers_cause_key unique (cause_kind, cause_id, step)
);

-- A pend ends once.
create unique index ledger_transfers_pending_key on ledger_transfers (pending_id) where pending_id is not null;

create index ledger_transfers_pends_out on ledger_transfers (from_account, at) where type = 'pend';
create index ledger_transfers_pends_in on ledger_transfers (to_account, at) where type = 'pend';

create table ledger_entries (
  account_id text collate "C" not null,
  version bigint not null,
  transfer_id text collate "C" not null,
  amount numeric(38, 0) not null,
  balance_after numeric(38, 0) not null,
  at timestamptz not null,
  created_at timestamptz not null default now(),
  constraint ledger_entries_pkey primary key (account_id, version),
  constraint ledger_entries_version_check check (version > 0),
  constraint ledger_entries_amount_check check (amount <> 0)
);

-- What is written stays. Of an account only the balances may change, never its name, asset or floor.
revoke update, delete, truncate on ledger_transfers, ledger_entries from {{role}};
revoke update, delete, truncate on ledger_accounts from {{role}};
grant update (posted, pending_in, pending_out, version) on ledger_accounts to {{role}};
