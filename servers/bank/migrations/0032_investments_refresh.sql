-- Since when the client of an item has been told of its investments.

alter table items add column investments_refreshed_at timestamptz;
