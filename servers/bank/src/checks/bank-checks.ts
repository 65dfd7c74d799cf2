import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely'

/** One promise about the banks' books: `run` answers a sentence for each violation, none when it is kept. */
export interface BankCheck {
  readonly id: string
  readonly title: string
  run(db: QueryExecutorProvider): Promise<string[]>
}

/** More sentences than this help nobody; the check has failed anyway. */
const MOST_SHOWN = 20

function check(id: string, title: string, violations: RawBuilder<{ violation: string }>): BankCheck {
  return {
    id,
    title,
    async run(db) {
      const { rows } = await sql<{ violation: string }>`
        select violation from (${violations}) as found order by 1 limit ${MOST_SHOWN}`.execute(db)
      return rows.map(({ violation }) => violation)
    },
  }
}

const movementsBalance = check(
  'B1',
  "every movement in the banks' books adds up to zero",
  sql`
    select format('movement %s (%s) is off by %s cents', movement.id, movement.key, coalesce(sum(entry.amount_minor), 0))
      as violation
    from bank.bank_movements as movement
    left join bank.bank_entries as entry on entry.movement_id = movement.id
    group by movement.id having coalesce(sum(entry.amount_minor), 0) <> 0 or count(entry.*) = 0`,
)

const balancesAreTheirEntries = check(
  'B2',
  'every bank account has the balance of its entries, which are numbered without a gap',
  sql`
    with entered as (
      select account_id, sum(amount_minor) as total, count(*) as entries, max(seq) as last,
        (array_agg(balance_minor order by seq desc))[1] as shown
      from bank.bank_entries group by account_id
    )
    select format('bank account %s shows %s cents after %s entries; its entries make %s after %s', account.id,
      account.balance_minor, account.entry_count, coalesce(entered.total, 0), coalesce(entered.entries, 0)) as violation
    from bank.bank_accounts as account left join entered on entered.account_id = account.id
    where account.balance_minor <> coalesce(entered.total, 0)
      or account.entry_count <> coalesce(entered.entries, 0)
      or coalesce(entered.entries, 0) <> coalesce(entered.last, 0)
      or account.balance_minor <> coalesce(entered.shown, 0)`,
)

const booksBalance = check(
  'B3',
  'what customers have at the banks is what came in from outside, in each currency',
  sql`
    select format('the accounts in %s add up to %s cents', currency, sum(balance_minor)) as violation
    from bank.bank_accounts group by currency having sum(balance_minor) <> 0`,
)

const statementIsTheAccount = check(
  'B4',
  "the lines of the firm's statement are what moved its settlement account",
  sql`
    select format('the lines add up to %s cents, the account has %s', stated.total, booked.total) as violation
    from (select coalesce(sum(amount_minor), 0) as total from bank.ach_statement_lines) as stated,
      (select coalesce(sum(balance_minor), 0) as total from bank.bank_accounts where subtype = 'ach_settlement') as booked
    where stated.total <> booked.total`,
)

const batchesSettleOnce = check(
  'B5',
  'what the statement says of a batch is the sum of its settled entries',
  sql`
    with settled as (
      select file_name, batch_number,
        sum(case direction when 'debit' then amount_minor else -amount_minor end) as total
      from bank.ach_entries where settled_at is not null group by file_name, batch_number
    ), stated as (
      select file, batch_number, sum(amount_minor) as total
      from bank.ach_statement_lines where kind = 'batch' group by file, batch_number
    )
    select format('batch %s of %s settled %s cents, the statement says %s', coalesce(settled.batch_number, stated.batch_number),
      coalesce(settled.file_name, stated.file), coalesce(settled.total, 0), coalesce(stated.total, 0)) as violation
    from settled full join stated on stated.file = settled.file_name and stated.batch_number = settled.batch_number
    where coalesce(settled.total, 0) <> coalesce(stated.total, 0)`,
)

/** What is always true of the simulated banks' books, in any state of the world. */
export const bankChecks: readonly BankCheck[] = [
  movementsBalance,
  balancesAreTheirEntries,
  booksBalance,
  statementIsTheAccount,
  batchesSettleOnce,
]
