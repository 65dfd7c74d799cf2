import {
  CorrectJournalBody,
  FirmBody,
  JournalPath,
  JournalReasonBody,
  OpsJournalBody,
} from '@paddock/broker-wire'
import { newYorkDate } from '@paddock/calendar'
import { trimmedUsd } from '@paddock/money'
import { readCashFigures } from '../accounts/cash-figures.ts'
import type { BrokerContext } from '../context.ts'
import { FIRM_ACCOUNT_ID, FIRM_ACCOUNT_NUMBER } from '../firm/firm-account.ts'
import { approveJournal, rejectJournal } from '../journals/decide-journal.ts'
import type { Journal, JournalId } from '../journals/journal.ts'
import { journalRules } from '../journals/journal-rules.ts'
import { sumJournaledOn } from '../journals/journal-store.ts'
import { correctJournal, deleteJournal } from '../journals/undo-journal.ts'
import { presentJournal, readJournalAmount, readJournalQuantity } from './journals-body.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Operations']
const response = { 200: OpsJournalBody }

/** What operators decide about journals; not part of the vendor's API (contracts/alpaca/journals.md §4). */
export const opsJournalRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/_ops/firm',
    {
      schema: {
        summary: "Get the firm's account and the limits of journals",
        tags,
        response: { 200: FirmBody },
      },
    },
    async () => readFirm(ctx),
  )

  app.post(
    '/_ops/journals/:journal_id/approve',
    { schema: { summary: 'Approve a pending journal', tags, params: JournalPath, response } },
    async ({ params }) => present(await approveJournal(ctx, params.journal_id as JournalId)),
  )

  app.post(
    '/_ops/journals/:journal_id/reject',
    {
      schema: {
        summary: 'Reject a pending journal',
        tags,
        params: JournalPath,
        body: JournalReasonBody,
        response,
      },
    },
    async ({ params, body }) =>
      present(await rejectJournal(ctx, params.journal_id as JournalId, body.reason)),
  )

  app.post(
    '/_ops/journals/:journal_id/correct',
    {
      schema: {
        summary: 'Correct how much an executed journal moved',
        tags,
        params: JournalPath,
        body: CorrectJournalBody,
        response,
      },
    },
    async ({ params, body }) =>
      present(await correctJournal(ctx, params.journal_id as JournalId, readCorrection(body))),
  )

  app.post(
    '/_ops/journals/:journal_id/delete',
    {
      schema: {
        summary: 'Delete an executed journal from the books',
        tags,
        params: JournalPath,
        body: JournalReasonBody,
        response,
      },
    },
    async ({ params, body }) =>
      present(await deleteJournal(ctx, params.journal_id as JournalId, body.reason)),
  )
}

function readCorrection({ amount, qty, reason }: CorrectJournalBody) {
  return {
    amountMinor: amount == null ? undefined : readJournalAmount(amount),
    quantityNano: qty == null ? undefined : readJournalQuantity(qty),
    reason,
  }
}

const present = (journal: Journal): OpsJournalBody => ({
  ...presentJournal(journal),
  reason: journal.reason ?? null,
  corrects: journal.correctsId ?? null,
})

async function readFirm(ctx: BrokerContext): Promise<FirmBody> {
  const { db, clock, config } = ctx
  const rules = journalRules(config)
  const cash = await readCashFigures(ctx, db, FIRM_ACCOUNT_ID)
  const usedMinor = await sumJournaledOn(db, newYorkDate(clock.now()), { entryType: 'JNLC' })
  return {
    id: FIRM_ACCOUNT_ID,
    account_number: FIRM_ACCOUNT_NUMBER,
    cash: trimmedUsd(cash.cashMinor),
    cash_transferable: trimmedUsd(cash.withdrawableMinor),
    journal_limits: {
      per_journal: trimmedUsd(rules.perJournalMinor),
      per_day: trimmedUsd(rules.perDayMinor),
      used_today: trimmedUsd(usedMinor),
      between_customers: rules.betweenCustomers,
    },
  }
}
