-- What operators wanted to be moved between accounts, one journal or many at once.

alter table intents drop constraint intents_kind_check;
alter table intents add constraint intents_kind_check check (kind in (
  'application', 'relationship', 'transfer', 'order', 'journal', 'journal_batch'));

-- The broker's journals that a batch became, in its order; the intent itself names the first of them.
create table intent_journals (
  user_id uuid not null,
  intent_id uuid not null,
  position integer not null check (position >= 0),
  broker_id uuid not null unique,
  primary key (user_id, intent_id, position),
  foreign key (user_id, intent_id) references intents (user_id, id)
);

revoke update, delete, truncate on intent_journals from {{role}};
