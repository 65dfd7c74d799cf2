import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

const sentTransfersAreInOneFile = checkByQuery(
  'I38',
  'every ACH transfer that was sent is in exactly one entry that counts, and no other one is in any',
  sql`
    with live as (
      select account_id, transfer_id, count(*) as entries from ach_entries
      where transfer_id is not null and status <> 'REJECTED' group by 1, 2
    )
    select format('transfer %s is %s, but in %s entries', coalesce(transfer.id, live.transfer_id),
      coalesce(transfer.status, 'not there'), coalesce(entries, 0)) as violation
    from (select * from transfers where transfer_type = 'ach') as transfer
    full join live on live.account_id = transfer.account_id and live.transfer_id = transfer.id
    where transfer.id is null
      or coalesce(entries, 0) <> case
        when without_file is not null then 0
        when status in ('SENT_TO_CLEARING', 'COMPLETE') then 1
        -- Without a code it went down with its file after it had been booked.
        when status = 'RETURNED' and return_code is not null then 1
        else 0 end`,
)

const entriesAreTheLedger = checkByQuery(
  'I38',
  'the entries of every file and direction are worth what the ledger has in transit for it, transfer by transfer',
  sql`
    with held as (
      select cause_id, amount, case from_account when 'firm:ach_clearing:USD' then 'debit' else 'credit' end as side
      from ledger_transfers where cause_kind = 'transfer' and step = 'hold'
    ), sent as (
      select file_id, transfer_id, amount_minor as amount,
        case when substr(transaction_code, 2) in ('7', '8') then 'debit' else 'credit' end as side
      from ach_entries where purpose = 'TRANSFER'
    ), files as (
      select sent.file_id, sent.side, sum(sent.amount) as in_file,
        sum(case when held.side = sent.side then held.amount end) as in_ledger,
        bool_or(held.side is distinct from sent.side or held.amount is distinct from sent.amount) as differs
      from sent left join held on held.cause_id = sent.transfer_id::text
      group by 1, 2
    )
    select format('file %s has %ss of %s, the ledger %s', file.name, side, in_file, coalesce(in_ledger, 0)) as violation
    from files join ach_files as file on file.id = files.file_id
    where differs or in_file is distinct from in_ledger`,
)

const attemptsFollowEachOther = checkByQuery(
  'I38',
  'the attempts of a transfer are numbered from one, each in a file of its own, and only the last may count',
  sql`
    with numbered as (
      select account_id, transfer_id, attempt, status,
        row_number() over attempts as place, count(*) over (partition by account_id, transfer_id) as attempts,
        count(*) over (partition by account_id, transfer_id, file_id) as in_file
      from ach_entries where transfer_id is not null
      window attempts as (partition by account_id, transfer_id order by attempt)
    )
    select format('attempt %s of transfer %s is %s as number %s of %s', attempt, transfer_id, status, place, attempts)
      as violation
    from numbered
    where attempt <> place or in_file <> 1 or (status <> 'REJECTED' and place <> attempts)`,
)

const filesAreWhole = checkByQuery(
  'I39',
  'a cut-off leaves a whole file or none: every file has all its batches and entries, and they add up to it',
  sql`
    with batches as (
      select file_id, count(*) as batches, sum(entries) as entries, sum(debits_minor) as debits,
        sum(credits_minor) as credits
      from ach_batches group by 1
    ), entries as (
      select file_id, batch_number, count(*) as entries,
        sum(amount_minor) filter (where substr(transaction_code, 2) in ('7', '8')) as debits,
        sum(amount_minor) filter (where substr(transaction_code, 2) in ('2', '3')) as credits
      from ach_entries group by 1, 2
    )
    select format('file %s has %s batches and %s entries, its rows %s and %s', name, file.batches, file.entries,
      coalesce(batches.batches, 0), coalesce(batches.entries, 0)) as violation
    from ach_files as file left join batches on batches.file_id = file.id
    where (file.batches, file.entries, debits_minor, credits_minor)
      is distinct from (batches.batches, batches.entries, debits, credits)
    union all
    select format('batch %s of file %s has %s entries, its rows %s', number, file_id, batch.entries,
      coalesce(entries.entries, 0))
    from ach_batches as batch left join entries using (file_id)
    where entries.batch_number = batch.number and (batch.entries, debits_minor, credits_minor)
      is distinct from (entries.entries, coalesce(debits, 0), coalesce(credits, 0))
    union all
    select format('batch %s of file %s has no entry', number, file_id) from ach_batches as batch
    where not exists (select from entries where entries.file_id = batch.file_id and batch_number = number)`,
)

const sealedTogether = checkByQuery(
  'I39',
  'every transfer of a file was sent at the instant at which the file was sealed, and nobody was left behind',
  sql`
    select format('transfer %s is in file %s of %s, but was not sent then', entry.transfer_id, file.name, sealed_at)
      as violation
    from ach_entries as entry join ach_files as file on file.id = entry.file_id
    where transfer_id is not null and not exists (
      select from events where stream = 'transfer' and entity_id = entry.transfer_id
        and status_to = 'SENT_TO_CLEARING' and events.at = file.sealed_at)
    union all
    select format('transfer %s is still %s, although its cut-off was %s and a file of a later one has left', id, status,
      cutoff_at)
    from transfers
    where transfer_type = 'ach' and status in ('QUEUED', 'APPROVED')
      and coalesce(additional_information, '') not like '%/fixtures/%'
      and cutoff_at < (select max(sealed_at) from ach_files)`,
)

const tracesAreGivenOnce = checkByQuery(
  'I39',
  'trace numbers are given in the order of the files, without a gap within one, and none that was not counted',
  sql`
    with ranges as (
      select file_id, substr(trace_number, 1, 8) as odfi_id, min(sequence) as first, max(sequence) as last,
        count(*) as entries
      from ach_entries group by 1, 2
    ), ordered as (
      select ranges.*, name, lag(last) over (partition by odfi_id order by first) as before
      from ranges join ach_files as file on file.id = ranges.file_id
    )
    select format('file %s has the numbers %s to %s for %s entries, after %s', name, first, last, entries, before)
      as violation
    from ordered where last - first + 1 <> entries or first <= before
    union all
    select format('entry %s has the number %s, of which its trace is not made', trace_number, sequence)
    from ach_entries where substr(trace_number, 9)::bigint <> (sequence - 1) % 9999999 + 1
    union all
    select format('the number %s was given, but only %s were counted', last, coalesce(last_number, 0))
    from (select odfi_id, max(last) as last from ranges group by 1) as given
    left join ach_trace_sequence using (odfi_id)
    where last > coalesce(last_number, 0)`,
)

/** Whether files, transfers and ledger say the same; `npm run verify` runs them. */
export const achLedgerChecks: readonly Check[] = [
  sentTransfersAreInOneFile,
  entriesAreTheLedger,
  attemptsFollowEachOther,
  filesAreWhole,
  sealedTogether,
  tracesAreGivenOnce,
]
