-- The people that a client tells about: its users, and what was said of the one who linked an item.

create table users (
  client_id text not null,
  id text not null,
  client_user_id text not null,
  token_hash text not null check (length(token_hash) = 64),
  -- Bound to its row, as in accounts.
  identity_cipher text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (client_id, id),
  unique (client_id, client_user_id),
  unique (client_id, token_hash)
);

-- What came with the request that linked an item, besides its products. Gone with the item.
create table item_origins (
  client_id text not null,
  item_id text not null,
  user_id text,
  person_cipher text,
  statements_from date,
  statements_to date,
  income_days integer check (income_days between 1 and 731),
  primary key (client_id, item_id),
  foreign key (client_id, item_id) references items,
  foreign key (client_id, user_id) references users,
  check ((statements_from is null) = (statements_to is null)),
  check (statements_from <= statements_to)
);
create index on item_origins (client_id, user_id);

alter table link_tokens add column person_cipher text;
