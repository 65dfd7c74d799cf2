import { formatUsd, type UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import { ACH_CLEARING } from '../ledger-accounts.ts'
import type { Compared, Found, ReconciliationCheck } from './reconciliation.ts'

type Sums = {
  entries: number
  clearing: bigint
  in_transit: bigint
  without_file: bigint
  others: bigint
}

/**
 * What lies in clearing is what the books have settled and the bank has not, or the other way round, entry by
 * entry; what never was in a file, and what was booked there for other reasons, is told apart. A journal that
 * resolved a break has explained it.
 */
export const clearingCheck: ReconciliationCheck = {
  name: 'clearing',
  async compare(_ctx, db, day): Promise<Compared> {
    const { rows } = await sql<Sums>`
      with moved as (
        select step.cause_kind, step.cause_id, entry.amount
        from ledger_entries as entry join ledger_transfers as step on step.id = entry.transfer_id
        where entry.account_id = ${ACH_CLEARING}
      ), booked as (
        select cause_id, sum(amount) as amount from moved where cause_kind = 'transfer' group by 1
      ), sent as (
        select entry.transfer_id::text as transfer_id,
          case when substr(entry.transaction_code, 2) in ('7', '8') then entry.amount_minor
            else -entry.amount_minor end as amount,
          exists (select from ach_statement_lines as line where line.kind = 'batch' and line.file = file.name
            and line.batch_number = entry.batch_number) as has_settled,
          exists (select from ach_answers as answer
            join ach_inbound_files as inbound on inbound.id = answer.inbound_file_id
            join ach_statement_lines as line on line.kind = 'return' and line.file = inbound.name
            where answer.entry_id = entry.id and answer.kind = 'RETURN'
              and answer.state in ('APPLIED', 'RESOLVED')) as has_come_back
        from ach_entries as entry join ach_files as file on file.id = entry.file_id
        where entry.status <> 'REJECTED'
      ), entries as (
        select sent.transfer_id, sum(case when has_settled then amount else 0 end
            - case when has_come_back then amount else 0 end) as bank
        from sent group by 1
      )
      select (select count(*)::integer from sent) as entries,
        coalesce((select sum(amount) from moved), 0) as clearing,
        coalesce((select sum(bank) from entries), 0) + coalesce((select sum(amount) from booked
          where cause_id in (select transfer_id from entries)), 0) as in_transit,
        coalesce((select sum(booked.amount) from booked join transfers on transfers.id::text = booked.cause_id
          where transfers.without_file is not null
            and booked.cause_id not in (select transfer_id from entries where transfer_id is not null)), 0)
          as without_file,
        coalesce((select sum(amount) from moved
          where cause_kind not in ('transfer', 'ach_statement', 'reconciliation')), 0) as others`.execute(db)
    const sums = rows[0] as Sums
    const { clearing, in_transit: inTransit, without_file: withoutFile, others } = sums
    const unexplained = clearing - inTransit - withoutFile - others
    const figures = {
      clearing,
      in_transit: inTransit,
      clearing_without_file: withoutFile,
      clearing_others: others,
    }
    if (unexplained === 0n) return { compared: sums.entries, found: [], figures }
    const found: Found = {
      kind: 'clearing_unexplained',
      subject: ACH_CLEARING,
      amountMinor: unexplained,
      facts: Object.fromEntries(
        Object.entries(figures).map(([name, minor]) => [name, formatUsd(minor as UsdMinor)]),
      ),
      guess: 'a line of the statement differs from its batch, or a transfer was booked that is in no file',
      since: day,
    }
    return { compared: sums.entries, found: [found], figures }
  },
}
