-- What a processor may read by its token, and where it is told of changes.

alter table processor_tokens
  -- Empty is everything that the item has.
  add column products text[] not null default '{}',
  add column webhook text,
  -- Who named the address: its endpoint answers for that client, who need not be the item's.
  add column webhook_client_id text,
  add check ((webhook is null) = (webhook_client_id is null));
create index processor_tokens_told on processor_tokens (client_id, item_id) where webhook is not null;

-- Set where a processor is told: it knows the account and not the item.
alter table webhooks add column account_id text;
create index webhooks_to_processors on webhooks (account_id) where account_id is not null and status = 'waiting';
