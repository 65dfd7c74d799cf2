import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

const lotsAreTheHolding = checkByQuery(
  'I19',
  'the open lots of a holding add up to what the ledger says is held, and to what the position has cost',
  sql`
    with open as (
      select account_id, symbol, sum(remaining_nano) as quantity, sum(remaining_minor) as cost from lots group by 1, 2
    ), kept as (
      select owner::uuid as account_id, asset as symbol, posted as quantity from ledger_accounts
      where kind = 'shares' and owner <> 'firm'
    )
    select format('account %s: the lots of its %s are %s for %s, but it holds %s for %s', account_id, symbol,
      coalesce(open.quantity, 0), coalesce(open.cost, 0), coalesce(kept.quantity, 0),
      coalesce(cost_basis_minor, 0)) as violation
    from open full join kept using (account_id, symbol) full join positions using (account_id, symbol)
    where coalesce(open.quantity, 0) <> coalesce(kept.quantity, 0)
      or coalesce(open.cost, 0) <> coalesce(cost_basis_minor, 0)`,
)

const lotsAreWhatCameAndWent = checkByQuery(
  'I19',
  'every lot has cost what is left of it and what was taken from it, and every purchase is one lot',
  sql`
    with taken as (select account_id, lot_id, sum(cost_minor) as cost from lot_takings group by 1, 2)
    select format('lot %s has cost %s, of which %s are left and %s were taken', id, cost_minor, remaining_minor,
      coalesce(taken.cost, 0)) as violation
    from lots left join taken on taken.account_id = lots.account_id and taken.lot_id = lots.id
    where cost_minor <> remaining_minor + coalesce(taken.cost, 0)
    union all
    select format('purchase %s cost %s and is a lot of %s', fills.id, amount_minor, lots.cost_minor)
    from fills left join lots on lots.account_id = fills.account_id and lots.id = fills.id
    where side = 'buy' and not before_lots and lots.cost_minor is distinct from amount_minor`,
)

const salesAreOfLots = checkByQuery(
  'I23',
  'every sale has taken from lots as many shares as it sold, and realized what they had not cost',
  sql`
    with taken as (
      select account_id, taken_by, sum(quantity_nano) as quantity, sum(cost_minor) as cost from lot_takings group by 1, 2
    )
    select format('sale %s of %s that had cost %s took %s for %s out of lots and realized %s', id, quantity_nano,
      cost_basis_minor, coalesce(quantity, 0), coalesce(cost, 0), realized_minor) as violation
    from fills left join taken on taken.account_id = fills.account_id and taken_by = fills.id
    where side = 'sell' and (realized_minor <> amount_minor - cost_basis_minor
      or (not before_lots and (quantity is distinct from quantity_nano or cost is distinct from cost_basis_minor)))`,
)

/** What must be true of lots; `npm run verify` runs them. */
export const lotChecks: readonly Check[] = [lotsAreTheHolding, lotsAreWhatCameAndWent, salesAreOfLots]
