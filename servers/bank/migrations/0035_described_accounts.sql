-- What a custom user's JSON says is in an account or owed on it, where nothing is to be made up.
alter table bank_accounts add column described jsonb;
