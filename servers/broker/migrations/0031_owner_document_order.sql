-- Papers that come in one request are listed in the order in which they lay.
alter table owner_documents add column place bigint generated always as identity;
