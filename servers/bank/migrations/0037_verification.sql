-- Accounts that are known by numbers which a person typed, and how far it is shown that they are theirs.

alter table items add column auth_method text not null default 'INSTANT_AUTH' check (auth_method in
  ('INSTANT_AUTH', 'INSTANT_MATCH', 'AUTOMATED_MICRODEPOSITS', 'SAME_DAY_MICRODEPOSITS', 'INSTANT_MICRODEPOSITS'));

-- Null where the bank itself gave the numbers.
alter table accounts add column verification_status text check (verification_status in
  ('pending_automatic_verification', 'automatically_verified', 'verification_expired',
   'pending_manual_verification', 'manually_verified', 'verification_failed'));
alter table accounts add column verification_misses integer not null default 0
  check (verification_misses between 0 and 3);

-- The numbers that were typed in a session of Link, until it ends.
alter table link_sessions add column numbers_cipher text;
