import { sql } from 'kysely'
import { type Check, checkByQuery } from './check.ts'

const transfersBalance = checkByQuery(
  'I1',
  'every transfer moves one amount from one account to the other, and a pend or void moves nothing',
  sql`
    with legs as (
      select transfer_id, count(*) as legs, sum(amount) as total,
        min(account_id) filter (where amount < 0) as payer, min(account_id) filter (where amount > 0) as payee,
        max(amount) as amount, min(at) as first_at, max(at) as last_at
      from ledger_entries group by transfer_id
    )
    select format('transfer %s (%s) does not match its %s entries, which sum to %s',
      coalesce(transfer.id, legs.transfer_id), coalesce(transfer.type, 'missing'),
      coalesce(legs.legs, 0), coalesce(legs.total, 0)) as violation
    from ledger_transfers as transfer full join legs on legs.transfer_id = transfer.id
    where transfer.id is null
      or (transfer.type in ('pend', 'void_pending') and legs.legs is not null)
      or (transfer.type in ('post', 'post_pending') and (legs.legs = 2 and legs.total = 0
        and legs.payer = transfer.from_account and legs.payee = transfer.to_account
        and legs.amount = transfer.amount and legs.first_at = transfer.at and legs.last_at = transfer.at)
        is not true)`,
)

const worldIsZero = checkByQuery(
  'I2',
  'the balances of all accounts of an asset sum to zero',
  sql`
    select format('all accounts of %s sum to %s', asset, sum(posted)) as violation
    from ledger_accounts group by asset having sum(posted) <> 0`,
)

const balanceIsSumOfEntries = checkByQuery(
  'I3',
  'the balance of every account is the sum of its entries',
  sql`
    select format('account %s has %s but its entries sum to %s', account.id, account.posted,
      coalesce(sum(entry.amount), 0)) as violation
    from ledger_accounts as account left join ledger_entries as entry on entry.account_id = account.id
    group by account.id having account.posted <> coalesce(sum(entry.amount), 0)`,
)

const chainIsUnbroken = checkByQuery(
  'I4',
  "every account's entries form a chain: versions without a gap, each balance the one before plus the amount",
  sql`
    with chain as (
      select account_id, version, amount, balance_after,
        lag(balance_after, 1, 0::numeric) over ordered as balance_before,
        lag(version, 1, 0::bigint) over ordered as version_before
      from ledger_entries window ordered as (partition by account_id order by version)
    )
    select format('account %s breaks at version %s: %s and %s make %s after version %s',
      account_id, version, balance_before, amount, balance_after, version_before) as violation
    from chain where version <> version_before + 1 or balance_after <> balance_before + amount
    union all
    select format('account %s is at version %s but has %s entries', account.id, account.version,
      coalesce(chain.entries, 0))
    from ledger_accounts as account
    left join (select account_id, count(*) as entries from ledger_entries group by 1) as chain
      on chain.account_id = account.id
    where account.version <> coalesce(chain.entries, 0)
    union all
    select format('entries of account %s, which does not exist', account_id)
    from ledger_entries as entry
    where not exists (select from ledger_accounts as account where account.id = entry.account_id)`,
)

const floorHolds = checkByQuery(
  'I5',
  'no account is, or ever was, below its floor',
  sql`
    select format('account %s has %s, %s of it set aside: below its floor of %s', id, posted, pending_out,
      floor) as violation
    from ledger_accounts where posted - pending_out < floor
    union all
    select format('account %s was at %s after version %s: below its floor of %s', account.id,
      entry.balance_after, entry.version, account.floor)
    from ledger_entries as entry join ledger_accounts as account on account.id = entry.account_id
    where entry.balance_after < account.floor`,
)

const historyIsAppendOnly = checkByQuery(
  'I6',
  'nobody but their owner may change, remove or truncate transfers and entries, and a pend ends once',
  sql`
    with history as (
      select oid, relname, relowner, relacl from pg_class
      where relnamespace = current_schema()::regnamespace and relname in ('ledger_transfers', 'ledger_entries')
    ), grants as (
      select relname, relowner, (aclexplode(relacl)).* from history
      union all
      select relname, relowner, (aclexplode(attacl)).*
      from history join pg_attribute on attrelid = history.oid and attacl is not null
    )
    select format('%s may %s %s', case grantee when 0 then 'everybody' else grantee::regrole::text end,
      lower(privilege_type), relname) as violation
    from grants where grantee <> relowner and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
    union all
    select format('%s is not in the schema', expected)
    from unnest(array['ledger_transfers', 'ledger_entries']) as expected
    where not exists (select from history where relname = expected)
    union all
    select format('pend %s was ended %s times', pending_id, count(*))
    from ledger_transfers where pending_id is not null group by pending_id having count(*) > 1`,
)

const idsAreUnique = checkByQuery(
  'I7',
  'a transfer id was used once',
  sql`
    select format('transfer id %s was used %s times', id, count(*)) as violation
    from ledger_transfers group by id having count(*) > 1`,
)

const assetsDoNotMix = checkByQuery(
  'I9',
  'a transfer and both its accounts are of one asset',
  sql`
    select format('transfer %s of %s goes from %s to %s', transfer.id, transfer.asset, transfer.from_account,
      transfer.to_account) as violation
    from ledger_transfers as transfer
    left join ledger_accounts as payer on payer.id = transfer.from_account
    left join ledger_accounts as payee on payee.id = transfer.to_account
    where payer.asset is distinct from transfer.asset or payee.asset is distinct from transfer.asset`,
)

const numbersAreExact = checkByQuery(
  'I10',
  'amounts are whole numbers, and no column of the schema is a float',
  sql`
    select format('%s.%s is %s', table_name, column_name, data_type) as violation
    from information_schema.columns
    where table_schema = current_schema() and data_type in ('real', 'double precision')
    union all
    select format('%s.%s keeps fractions', table_name, column_name)
    from information_schema.columns
    where table_schema = current_schema() and data_type = 'numeric' and numeric_scale is distinct from 0
      and table_name in ('ledger_accounts', 'ledger_transfers', 'ledger_entries')`,
)

const holdsAreOpenPends = checkByQuery(
  'I11',
  'what an account has pending is the sum of its pends that were neither posted nor voided',
  sql`
    with open as (
      select from_account, to_account, amount from ledger_transfers as pend
      where type = 'pend'
        and not exists (select from ledger_transfers as ending where ending.pending_id = pend.id)
    ), outgoing as (
      select from_account as id, sum(amount) as amount from open group by 1
    ), incoming as (
      select to_account as id, sum(amount) as amount from open group by 1
    )
    select format('account %s has %s pending out and %s in, but its open pends make %s and %s', account.id,
      pending_out, pending_in, coalesce(outgoing.amount, 0), coalesce(incoming.amount, 0)) as violation
    from ledger_accounts as account
    left join outgoing on outgoing.id = account.id
    left join incoming on incoming.id = account.id
    where pending_out <> coalesce(outgoing.amount, 0) or pending_in <> coalesce(incoming.amount, 0)`,
)

/** What must be true of every ledger, whoever keeps it. The server's own checks come beside them. */
export const ledgerChecks: readonly Check[] = [
  transfersBalance,
  worldIsZero,
  balanceIsSumOfEntries,
  chainIsUnbroken,
  floorHolds,
  historyIsAppendOnly,
  idsAreUnique,
  assetsDoNotMix,
  numbersAreExact,
  holdsAreOpenPends,
]
