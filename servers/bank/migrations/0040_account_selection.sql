-- A person may take an account back from an item: what was told of it must outlive it, to be told as removed.
alter table item_transactions drop constraint item_transactions_client_id_account_id_fkey;
alter table item_transactions add foreign key (client_id, item_id) references items;
