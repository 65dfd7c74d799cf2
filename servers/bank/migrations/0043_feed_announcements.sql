-- What each item's client was told by webhook of its transactions, and what it has ever asked for.

alter table item_feeds
  -- The last change that was announced; the filling of a feed is announced by itself.
  add column announced bigint not null default 0,
  add column announced_phase text not null default 'not_ready'
    check (announced_phase in ('not_ready', 'initial', 'historical')),
  -- Whoever never asked is not told of changes of the answer.
  add column has_synced boolean not null default false,
  add column asked_streams boolean not null default false;
update item_feeds set announced = head, announced_phase = 'historical', has_synced = true;
