-- Activities in the order in which they were booked, so that pages of them neither skip nor repeat a line; and the documents made of them.

-- World time may stand still, so that it alone orders nothing.
alter table activities add column seq bigint generated always as identity;
create index activities_in_order on activities (at, seq);
create index activities_of_account_in_order on activities (account_id, at, seq);
drop index activities_of_account_by_age;

-- What the firm has issued to a customer. A document says what was true when it was issued, whatever changes later:
-- its facts are kept from that moment, and its bytes from the first time that somebody wants them.
create table issued_documents (
  account_id uuid not null references accounts (id),
  id uuid not null,
  type text not null check (type in (
    'account_statement', 'trade_confirmation', 'trade_confirmation_json', 'tax_statement')),
  sub_type text,
  -- The day that it is about, or the last of them.
  date date not null,
  facts jsonb not null,
  bytes bytea,
  issued_at timestamptz not null,
  primary key (account_id, id),
  constraint issued_documents_key unique (account_id, type, date)
);

create index issued_documents_by_id on issued_documents (id);

revoke update, delete, truncate on issued_documents from {{role}};
grant update (bytes) on issued_documents to {{role}};
