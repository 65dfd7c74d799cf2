-- What a user wanted from the broker: written before the call, completed after it.

create table intents (
  user_id uuid not null references users (id),
  -- Made by whoever asked: the same id again is a retry.
  id uuid not null,
  kind text not null check (kind in ('application', 'relationship', 'transfer', 'order')),
  -- The broker's account; an application has none yet.
  account_id uuid,
  direction text check (direction in ('INCOMING', 'OUTGOING')),
  -- What was asked. What must not lie open (tax id, processor token) is encrypted, and only until it is settled.
  request jsonb not null,
  secret_cipher text,
  -- A keyed hash of all of it: the same id with another request is refused.
  request_hash text not null,
  -- The name by which the broker knows the request.
  broker_key text not null,
  state text not null check (state in ('open', 'accepted', 'refused')),
  broker_id uuid,
  -- The broker's refusal: status, code, message, details.
  refusal jsonb,
  created_at timestamptz not null,
  -- The broker's own time before the call: what it made earlier cannot be what was asked here.
  asked_at timestamptz not null,
  -- When the call was last made. An open intent long after that has an unknown outcome.
  called_at timestamptz not null,
  calls integer not null default 1,
  settled_at timestamptz,
  primary key (user_id, id),
  check ((state = 'open') = (settled_at is null)),
  check ((state = 'accepted') = (broker_id is not null)),
  check ((state = 'refused') = (refusal is not null))
);
-- The broker's object belongs to one intent: a look-up cannot claim it for two.
create unique index intents_broker_object on intents (kind, broker_id) where broker_id is not null;
create unique index intents_broker_key on intents (kind, account_id, broker_key);
-- Transfers have no key at the vendor: a second one of a kind waits until the first one's outcome is known.
create unique index intents_one_open_transfer on intents (account_id, direction)
  where kind = 'transfer' and state = 'open';
create unique index intents_one_open_of_user on intents (user_id, kind)
  where kind in ('application', 'relationship') and state = 'open';
create index intents_open on intents (called_at) where state = 'open';
create index intents_by_account on intents (account_id, kind, created_at);
revoke delete, truncate on intents from {{role}};
