-- What API clients are told by themselves: each webhook until its delivery or its end, every try, and the keys that sign.

create table webhooks (
  client_id text not null,
  id uuid not null,
  seq bigint generated always as identity,
  item_id text,
  url text not null,
  type text not null,
  code text not null,
  -- Ciphertext: a webhook of Link names tokens.
  body_cipher text not null,
  queued_at timestamptz not null,
  status text not null default 'waiting' check (status in ('waiting', 'delivered', 'given_up', 'dropped')),
  -- The first try.
  sent_at timestamptz,
  primary key (client_id, id),
  foreign key (client_id, item_id) references items
);
create index on webhooks (client_id, item_id, seq);
create index on webhooks (client_id, status, seq);
create index on webhooks (seq);

create table webhook_tries (
  client_id text not null,
  webhook_id uuid not null,
  number integer not null check (number > 0),
  at timestamptz not null,
  -- Null while it is under way: a process that ends then leaves it so, and the try is made again.
  outcome text check (outcome in ('accepted', 'refused', 'unknown')),
  status integer,
  primary key (client_id, webhook_id, number),
  foreign key (client_id, webhook_id) references webhooks
);
create index on webhook_tries (client_id, at);

-- The private half is a ciphertext. One key signs at a time; those before it say since when they do not.
create table webhook_keys (
  kid text primary key,
  private_cipher text not null,
  x text not null,
  y text not null,
  created_at timestamptz not null,
  expired_at timestamptz
);
create unique index webhook_keys_one_signs on webhook_keys ((expired_at is null)) where expired_at is null;

-- What is wrong with delivery on purpose.
create table webhook_conduct (
  is_only boolean primary key default true check (is_only),
  duplicates boolean not null,
  disorder boolean not null
);
insert into webhook_conduct (duplicates, disorder) values (false, false);

revoke delete, truncate on webhooks from {{role}};
revoke delete, truncate on webhook_tries from {{role}};
revoke delete, truncate on webhook_keys from {{role}};
revoke insert, delete, truncate on webhook_conduct from {{role}};
