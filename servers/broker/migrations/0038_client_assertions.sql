-- Partners may prove who they are by what they sign, instead of by a secret that travels.

-- PEM; its private half never comes here.
alter table api_keys add column public_key text;

-- Each signed assertion is good for one token. A row is needed for as long as its assertion would otherwise still be taken.
create table client_assertions (
  key_id text not null references api_keys (id),
  jti_hash text not null check (length(jti_hash) = 64),
  expires_at timestamptz not null,
  primary key (key_id, jti_hash)
);

create index client_assertions_expired on client_assertions (expires_at);
