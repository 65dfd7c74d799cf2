-- What a client asked about the risk of a debit, and what it told us became of it.

create table signal_evaluations (
  client_id text not null,
  client_transaction_id text not null,
  item_id text not null,
  account_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  evaluated_at timestamptz not null,
  -- Null until the decision is reported.
  initiated boolean,
  decision jsonb,
  return_code text,
  returned_at timestamptz,
  primary key (client_id, client_transaction_id)
);
revoke delete, truncate on signal_evaluations from {{role}};
