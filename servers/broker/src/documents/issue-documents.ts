import { newId } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'
import type { BrokerContext } from '../context.ts'
import type { DailyJob } from '../jobs/daily-jobs.ts'
import { readConfirmationFacts } from './confirmation-facts.ts'
import type { DocumentId, DocumentType } from './document.ts'
import type { DocumentFacts } from './document-facts.ts'
import { insertDocuments, listIssued } from './document-store.ts'
import { accountsWithActivity, daysBetween } from './issue-context.ts'
import { readStatementFacts } from './statement-facts.ts'
import { readTaxFacts, taxedTypes } from './tax-facts.ts'

/** Where the year's tax packs lie on the calendar (contracts/alpaca/documents.md §2). */
const TAX_MONTH = 2
const TAX_DAY = 15

/** Once the books of the day before are complete (contracts/alpaca/documents.md §2). */
export const issueDocumentsDaily: DailyJob = {
  queue: 'issue-documents',
  time: Temporal.PlainTime.from('02:15'),
  run: issueDocuments,
}

/** What is due in the morning of `day`: yesterday's confirmations, and what the month or the year asks for. */
export async function issueDocuments(ctx: BrokerContext, day: Temporal.PlainDate): Promise<void> {
  await issueConfirmations(ctx, day.subtract({ days: 1 }))
  if (day.equals(statementDay(day))) await issueStatements(ctx, day.subtract({ months: 1 }))
  if (day.month === TAX_MONTH && day.day === TAX_DAY) await issueTaxPacks(ctx, day)
}

/** The Monday after the first Saturday of the month: by then the first weekend is over. */
export function statementDay(day: Temporal.PlainDate): Temporal.PlainDate {
  const first = day.with({ day: 1 })
  return first.add({ days: ((6 - first.dayOfWeek + 7) % 7) + 2 })
}

async function issueConfirmations(ctx: BrokerContext, day: Temporal.PlainDate): Promise<void> {
  const accounts = await accountsWithActivity(ctx.db, daysBetween(day, day), ['FILL'])
  await issueTo(ctx, accounts, ['trade_confirmation', 'trade_confirmation_json'], day, (accountId) =>
    readConfirmationFacts(ctx, accountId, day),
  )
}

async function issueStatements(ctx: BrokerContext, month: Temporal.PlainDate): Promise<void> {
  const first = month.with({ day: 1 })
  const last = month.with({ day: month.daysInMonth })
  const accounts = await accountsWithActivity(ctx.db, { until: daysBetween(first, last).until })
  await issueTo(ctx, accounts, ['account_statement'], last, (accountId) =>
    readStatementFacts(ctx, accountId, first, last),
  )
}

async function issueTaxPacks(ctx: BrokerContext, day: Temporal.PlainDate): Promise<void> {
  const year = day.year - 1
  const [first, last] = [day.with({ year, month: 1, day: 1 }), day.with({ year, month: 12, day: 31 })]
  const accounts = await accountsWithActivity(ctx.db, daysBetween(first, last), taxedTypes)
  await issueTo(ctx, accounts, ['tax_statement'], day, (accountId) => readTaxFacts(ctx, accountId, year))
}

/** One transaction an account: who has the document already is passed over. */
async function issueTo(
  ctx: BrokerContext,
  accounts: readonly AccountId[],
  types: readonly DocumentType[],
  date: Temporal.PlainDate,
  readFacts: (accountId: AccountId) => Promise<DocumentFacts | undefined>,
): Promise<void> {
  const [mainType] = types
  if (accounts.length === 0 || mainType === undefined) return
  const issued = await listIssued(ctx.db, mainType, date)
  for (const accountId of accounts) {
    if (issued.has(accountId)) continue
    const facts = await readFacts(accountId)
    if (facts === undefined) continue
    const issuedAt = ctx.clock.now()
    const documents = types.map((type) => ({
      accountId,
      id: newId() as DocumentId,
      type,
      subType: type === 'tax_statement' ? '1099-Comp' : undefined,
      date,
      issuedAt,
      facts,
    }))
    await ctx.db.transaction().execute((tx) => insertDocuments(tx, documents))
  }
}
