-- What executions of coins owe the broker, beside what those of shares owe to regulators.

alter table fills add column crypto_fee_pico numeric(38, 0) not null default 0 check (crypto_fee_pico >= 0);
alter table fee_days add column crypto_pico numeric(38, 0) not null default 0 check (crypto_pico >= 0);
