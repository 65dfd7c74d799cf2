-- Why a position has cost what it has: each purchase, sale, journal and payment for a fraction, with its part of the cost.

create view cost_movements as
select account_id, symbol, filled_at as at,
  case side when 'buy' then amount_minor else -cost_basis_minor end as cost_minor
from fills
union all
select to_account, symbol, executed_at, cost_minor from journals where cost_minor is not null
union all
select from_account, symbol, executed_at, -cost_minor from journals where cost_minor is not null
union all
select to_account, symbol, updated_at, -undone_cost_minor from journals where undone_cost_minor is not null
union all
select from_account, symbol, updated_at, undone_cost_minor from journals where undone_cost_minor is not null
union all
select account_id, symbol, at, -((details ->> 'cost_basis')::numeric * 100)::numeric(38, 0)
from activities where activity_type = 'CIL' and details ? 'cost_basis';
