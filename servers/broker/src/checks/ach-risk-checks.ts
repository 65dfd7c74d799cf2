import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

const creditsHaveTheirSteps = checkByQuery(
  'I8',
  'the credit on every deposit has in the ledger exactly the steps that its status says, all of its amount',
  sql`
    with steps as (
      select cause_id, string_agg(step, '+' order by step) as done,
        sum(amount) filter (where step = 'advance') as given,
        sum(amount) filter (where step <> 'advance') as ended
      from ledger_transfers where cause_kind = 'instant_credit' group by cause_id
    ), deposits as (
      select id, status, instant_minor, exists (select from ledger_transfers where cause_kind = 'transfer'
        and cause_id = transfers.id::text and step = 'settle') as has_settled
      from transfers where instant_minor > 0
    )
    select format('deposit %s is %s with a credit of %s, but the ledger has %s: %s given, %s ended',
      coalesce(deposit.id::text, cause_id), coalesce(status, 'unknown'), instant_minor, coalesce(done, 'nothing'),
      given, ended) as violation
    from deposits as deposit full join steps on steps.cause_id = deposit.id::text
    where deposit.id is null
      or coalesce(done, '') <> all (case
        when status in ('QUEUED', 'APPROVAL_PENDING', 'APPROVED', 'PENDING', 'SENT_TO_CLEARING')
          then array['advance']
        when has_settled then array['advance+settle']
        else array['advance+recall', 'advance+debit', 'advance+debit+recall'] end)
      or given <> instant_minor or ended <> instant_minor`,
)

const decisionsNameTheirSubject = checkByQuery(
  'I8',
  'every decision that let something through names a transfer or bank of its account',
  sql`
    select format('decision %s let %s %s through, which account %s does not have', decision.id, subject,
      subject_id, decision.account_id) as violation
    from risk_decisions as decision
    where outcome = 'let_through'
      and not exists (select from transfers where transfers.account_id = decision.account_id
        and transfers.id = decision.subject_id and subject <> 'bank')
      and not exists (select from ach_relationships as bank where bank.account_id = decision.account_id
        and bank.id = decision.subject_id and subject = 'bank')`,
)

/** What must be true of credit on deposits and of the evidence of decisions. */
export const achRiskChecks: readonly Check[] = [creditsHaveTheirSteps, decisionsNameTheirSubject]
