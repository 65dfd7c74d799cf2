import { advanceAccount } from '../accounts/advance-account.ts'
import { ADVANCE_ACCOUNT } from '../accounts/change-status.ts'
import { SETTLE_ENROLLMENTS, settleEnrollments } from '../accounts/enrollments.ts'
import { APPROVE_RELATIONSHIP, approveRelationship } from '../ach/link-bank.ts'
import { readAnswers } from '../answers/read-inbound.ts'
import { APPLY_CORPORATE_ACTION, applyCorporateAction } from '../corporate-actions/run-actions.ts'
import { collectDebit } from '../instant-funding/collect-debit.ts'
import { EXECUTE_INSTANT_FUNDING, executeInstantFunding } from '../instant-funding/execute-instant-funding.ts'
import { RUN_SETTLEMENT, runSettlement } from '../instant-funding/run-settlement.ts'
import { COLLECT_DEBIT } from '../instant-funding/schedule-collection.ts'
import { applyJournalFixture } from '../journals/decide-journal.ts'
import { EXECUTE_JOURNALS, executeJournals } from '../journals/execute-journal.ts'
import { APPLY_JOURNAL_FIXTURE } from '../journals/fixture.ts'
import { endProof, sendProof } from '../origination/end-proof.ts'
import { END_PROOF, SEND_PROOF } from '../origination/prove-numbers.ts'
import { READ_ANSWERS } from '../origination/reading-schedule.ts'
import { runCutoff } from '../origination/run-cutoff.ts'
import { advanceRun } from '../rebalancing/advance-run.ts'
import { CHECK_SUBSCRIPTIONS, checkSubscriptions } from '../rebalancing/check-subscriptions.ts'
import { ADVANCE_RUN } from '../rebalancing/start-run.ts'
import { clawBack } from '../risk/claw-back.ts'
import { CLAW_BACK } from '../risk/instant-credit.ts'
import { applyTransferFixture } from '../transfers/apply-fixture.ts'
import { APPLY_TRANSFER_FIXTURE } from '../transfers/fixture.ts'
import { EXPIRE_TRANSFER, ORIGINATE_TRANSFER, SETTLE_TRANSFER } from '../transfers/originate-transfer.ts'
import { expireUnreviewed } from '../transfers/review-transfer.ts'
import { settleTransfer } from '../transfers/settle-transfer.ts'
import { ADVANCE_BANK, advanceBank } from '../wires/add-bank.ts'
import { type BrokerJob, dailyHandlers } from './daily-jobs.ts'

/** Who does the work of each queue: a domain function, called with what was scheduled. */
export const jobHandlers: Readonly<Record<string, BrokerJob>> = {
  [ADVANCE_ACCOUNT]: advanceAccount,
  [APPROVE_RELATIONSHIP]: approveRelationship,
  [ADVANCE_BANK]: advanceBank,
  [APPLY_JOURNAL_FIXTURE]: applyJournalFixture,
  [APPLY_CORPORATE_ACTION]: applyCorporateAction,
  [APPLY_TRANSFER_FIXTURE]: applyTransferFixture,
  [CLAW_BACK]: clawBack,
  [COLLECT_DEBIT]: collectDebit,
  [EXECUTE_INSTANT_FUNDING]: executeInstantFunding,
  [EXPIRE_TRANSFER]: expireUnreviewed,
  [EXECUTE_JOURNALS]: executeJournals,
  [ORIGINATE_TRANSFER]: runCutoff,
  [END_PROOF]: endProof,
  [READ_ANSWERS]: readAnswers,
  [SEND_PROOF]: sendProof,
  [RUN_SETTLEMENT]: runSettlement,
  [SETTLE_ENROLLMENTS]: settleEnrollments,
  [SETTLE_TRANSFER]: settleTransfer,
  [ADVANCE_RUN]: advanceRun,
  [CHECK_SUBSCRIPTIONS]: checkSubscriptions,
  ...dailyHandlers,
}
