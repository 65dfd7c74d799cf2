-- What a venue that takes its time has been asked to change about an order, until it answers.

create table order_changes (
  account_id uuid not null references accounts (id),
  order_id uuid not null,
  change jsonb not null,
  asked_at timestamptz not null,
  primary key (account_id, order_id)
);
