import { advanceAccount } from '../accounts/advance-account.ts'
import { ADVANCE_ACCOUNT } from '../accounts/change-status.ts'
import { APPROVE_RELATIONSHIP, approveRelationship } from '../ach/link-bank.ts'
import { APPLY_CORPORATE_ACTION, applyCorporateAction } from '../corporate-actions/run-actions.ts'
import { applyJournalFixture } from '../journals/decide-journal.ts'
import { EXECUTE_JOURNAL, executeJournal } from '../journals/execute-journal.ts'
import { APPLY_JOURNAL_FIXTURE } from '../journals/fixture.ts'
import { MATCH_ORDER } from '../orders/accept-order.ts'
import { fillOrder } from '../orders/fill-order.ts'
import { applyTransferFixture } from '../transfers/apply-fixture.ts'
import { APPLY_TRANSFER_FIXTURE } from '../transfers/fixture.ts'
import {
  EXPIRE_TRANSFER,
  ORIGINATE_TRANSFER,
  originateTransfer,
  SETTLE_TRANSFER,
} from '../transfers/originate-transfer.ts'
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
  [EXPIRE_TRANSFER]: expireUnreviewed,
  [EXECUTE_JOURNAL]: executeJournal,
  [MATCH_ORDER]: fillOrder,
  [ORIGINATE_TRANSFER]: originateTransfer,
  [SETTLE_TRANSFER]: settleTransfer,
  ...dailyHandlers,
}
