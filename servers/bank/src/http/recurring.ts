import {
  ProcessorTransactionsRecurringGetRequest,
  type TransactionStreamBody,
  TransactionsRecurringGetRequest,
  TransactionsRecurringGetResponse,
} from '@paddock/bank-wire'
import { newYorkDate } from '@paddock/calendar'
import { assert } from '@paddock/kernel'
import { legacyCategoryOf } from '../categories/legacy.ts'
import { categoryIn, type TaxonomyVersion } from '../categories/personal-finance.ts'
import type { BankContext } from '../context.ts'
import { findMerchant } from '../merchants/catalog.ts'
import { dayOf, findStreams, type Stream } from '../recurring/stream.ts'
import { hasTransactions, transactionIdOf } from '../transactions/feed-item.ts'
import { openProcessorSubject, openSubject, refuseForeign } from '../transactions/open-subject.ts'
import { listTransactions, type Subject } from '../transactions/read-transactions.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentMinor } from './present-account.ts'
import { presentInstant } from './present-item.ts'

const BEGINNING = Temporal.PlainDate.from('1900-01-01')
/** More than an item can have: its past is two years long. */
const ALL = 100_000

export function serveRecurring(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/transactions/recurring/get',
    { request: TransactionsRecurringGetRequest, response: TransactionsRecurringGetResponse },
    async ({ access_token, account_ids, options }, { clientId }) => {
      const subject = await openSubject(ctx, clientId, access_token)
      for (const id of account_ids ?? []) refuseForeign(subject.accounts, id)
      const accountIds = account_ids ?? subject.accounts.filter(hasTransactions).map(({ id }) => id)
      return presentStreams(ctx, subject, accountIds, options?.personal_finance_category_version)
    },
  )

  operation(
    app,
    ctx,
    '/processor/transactions/recurring/get',
    { request: ProcessorTransactionsRecurringGetRequest, response: TransactionsRecurringGetResponse },
    async ({ processor_token, options }, client) => {
      const { subject, account } = await openProcessorSubject(ctx, client, processor_token)
      return presentStreams(ctx, subject, [account.id], options?.personal_finance_category_version)
    },
  )
}

async function presentStreams(
  ctx: BankContext,
  subject: Subject,
  accountIds: readonly string[],
  version: TaxonomyVersion = 'v2',
) {
  const now = ctx.clock.now()
  const { transactions } = await listTransactions(ctx, subject, {
    from: BEGINNING,
    to: newYorkDate(now),
    accountIds,
    count: ALL,
    offset: 0,
    isForStreams: true,
  })
  const streams = findStreams(transactions, newYorkDate(now))
  const present = (isInflow: boolean) =>
    streams
      .filter(({ transactions: [one] }) => one !== undefined && one.amountMinor > 0n === isInflow)
      .map((stream) => presentStream(stream, version))
  return {
    inflow_streams: present(true),
    outflow_streams: present(false),
    updated_datetime: presentInstant(now),
    personal_finance_category_version: version,
  }
}

function presentStream(stream: Stream, version: TaxonomyVersion): TransactionStreamBody {
  const { transactions } = stream
  const [first, last] = [transactions[0], transactions.at(-1)]
  assert(first !== undefined && last !== undefined, 'a stream has transactions')
  const merchant = last.merchantId === null ? undefined : findMerchant(last.merchantId)
  const legacy = legacyCategoryOf(last.category)
  const total = transactions.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  const amountOf = (minor: bigint) => ({
    amount: presentMinor(-minor),
    iso_currency_code: last.currency,
    unofficial_currency_code: null,
  })
  return {
    account_id: last.accountId,
    // The first transaction stays the first: the stream keeps its id as it grows.
    stream_id: transactionIdOf(last.accountId, `stream|${first.bankTransactionId}`),
    category: legacy === undefined ? null : [...legacy.hierarchy],
    category_id: legacy?.id ?? null,
    description: last.name,
    merchant_name: merchant?.name ?? null,
    first_date: dayOf(first).toString(),
    last_date: dayOf(last).toString(),
    predicted_next_date: stream.isActive ? stream.predictedOn.toString() : null,
    frequency: stream.frequency,
    transaction_ids: transactions.map(({ transactionId }) => transactionId),
    average_amount: amountOf(total / BigInt(transactions.length)),
    last_amount: amountOf(last.amountMinor),
    is_active: stream.isActive,
    status: stream.status,
    personal_finance_category: {
      ...categoryIn(last.category, version),
      confidence_level: last.confidence,
      version,
    },
    is_user_modified: false,
  }
}
