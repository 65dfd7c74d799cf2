import {
  ProcessorRequest,
  ProcessorTransactionsGetRequest,
  ProcessorTransactionsGetResponse,
  ProcessorTransactionsSyncRequest,
  ProcessorTransactionsSyncResponse,
  RequestIdResponse,
  TransactionsGetRequest,
  TransactionsGetResponse,
  TransactionsRefreshRequest,
  TransactionsSyncRequest,
  TransactionsSyncResponse,
} from '@paddock/bank-wire'
import type { BankContext } from '../context.ts'
import { listAccounts } from '../items/account-store.ts'
import type { Account } from '../items/item.ts'
import { hasTransactions } from '../transactions/feed-item.ts'
import { refreshTransactions } from '../transactions/move-transactions.ts'
import { openProcessorSubject, openSubject, refuseForeign } from '../transactions/open-subject.ts'
import {
  listTransactions,
  type Subject,
  type SyncPage,
  syncTransactions,
} from '../transactions/read-transactions.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentAccount } from './present-account.ts'
import { presentItem } from './present-item.ts'
import { presentTransaction, type Shown } from './present-transaction.ts'

interface Wishes {
  include_original_description?: boolean | undefined
  personal_finance_category_version?: 'v1' | 'v2' | undefined
}

const shownBy = (wishes: Wishes | undefined): Shown => ({
  version: wishes?.personal_finance_category_version ?? 'v2',
  hasOriginal: wishes?.include_original_description === true,
})

const statuses = {
  not_ready: 'NOT_READY',
  initial: 'INITIAL_UPDATE_COMPLETE',
  historical: 'HISTORICAL_UPDATE_COMPLETE',
} as const

export function serveTransactions(app: HttpApp, ctx: BankContext): void {
  serveSync(app, ctx)
  serveGet(app, ctx)
  operation(
    app,
    ctx,
    '/transactions/refresh',
    { request: TransactionsRefreshRequest, response: RequestIdResponse },
    async ({ access_token }, { clientId }) => {
      await refreshTransactions(ctx, await openSubject(ctx, clientId, access_token))
      return {}
    },
  )

  operation(
    app,
    ctx,
    '/processor/transactions/refresh',
    { request: ProcessorRequest, response: RequestIdResponse },
    async ({ processor_token }, client) => {
      const { subject } = await openProcessorSubject(ctx, client, processor_token)
      await refreshTransactions(ctx, subject)
      return {}
    },
  )
}

function serveSync(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/transactions/sync',
    { request: TransactionsSyncRequest, response: TransactionsSyncResponse },
    async ({ access_token, cursor, count = 100, options }, { clientId }) => {
      const subject = await openSubject(ctx, clientId, access_token, options?.days_requested)
      const accountId = options?.account_id
      refuseForeign(subject.accounts, accountId)
      const page = await syncTransactions(ctx, subject, { cursor, count, accountId })
      const accounts = page.phase === 'not_ready' ? [] : await coveredNow(ctx, subject)
      const shown = accountId === undefined ? accounts : accounts.filter(({ id }) => id === accountId)
      return { ...presentPage(page, shownBy(options)), accounts: shown.map(presentAccount) }
    },
  )

  operation(
    app,
    ctx,
    '/processor/transactions/sync',
    { request: ProcessorTransactionsSyncRequest, response: ProcessorTransactionsSyncResponse },
    async ({ processor_token, cursor, count = 100, options }, client) => {
      const { subject, account } = await openProcessorSubject(ctx, client, processor_token)
      refuseForeign([account], options?.account_id)
      const page = await syncTransactions(ctx, subject, { cursor, count, accountId: account.id })
      return {
        ...presentPage(page, shownBy(options)),
        account: presentAccount(await again(ctx, subject, account)),
      }
    },
  )
}

function presentPage(page: SyncPage, shown: Shown) {
  return {
    transactions_update_status: statuses[page.phase],
    added: page.added.map((one) => presentTransaction(one, shown)),
    modified: page.modified.map((one) => presentTransaction(one, shown)),
    removed: page.removed.map(({ transactionId, accountId }) => ({
      transaction_id: transactionId,
      account_id: accountId,
    })),
    next_cursor: page.nextCursor,
    has_more: page.hasMore,
  }
}

function serveGet(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/transactions/get',
    { request: TransactionsGetRequest, response: TransactionsGetResponse },
    async ({ access_token, start_date, end_date, options }, { clientId }) => {
      const subject = await openSubject(ctx, clientId, access_token, options?.days_requested)
      const asked = options?.account_ids
      for (const id of asked ?? []) refuseForeign(subject.accounts, id)
      const covered = subject.accounts.filter(hasTransactions).map(({ id }) => id)
      const accountIds = asked ?? covered
      const { transactions, total } = await listTransactions(ctx, subject, {
        ...between(start_date, end_date, options),
        accountIds,
      })
      const accounts = await coveredNow(ctx, subject)
      return {
        accounts: accounts.filter(({ id }) => accountIds.includes(id)).map(presentAccount),
        transactions: transactions.map((one) => presentTransaction(one, shownBy(options))),
        total_transactions: total,
        item: presentItem(subject.item),
      }
    },
  )

  operation(
    app,
    ctx,
    '/processor/transactions/get',
    { request: ProcessorTransactionsGetRequest, response: ProcessorTransactionsGetResponse },
    async ({ processor_token, start_date, end_date, options }, client) => {
      const { subject, account } = await openProcessorSubject(ctx, client, processor_token)
      for (const id of options?.account_ids ?? []) refuseForeign([account], id)
      const { transactions, total } = await listTransactions(ctx, subject, {
        ...between(start_date, end_date, options),
        accountIds: [account.id],
      })
      return {
        account: presentAccount(await again(ctx, subject, account)),
        transactions: transactions.map((one) => presentTransaction(one, shownBy(options))),
        total_transactions: total,
      }
    },
  )
}

function between(
  start: string,
  end: string,
  options: { count?: number | undefined; offset?: number | undefined } | undefined,
) {
  return {
    from: Temporal.PlainDate.from(start),
    to: Temporal.PlainDate.from(end),
    count: options?.count ?? 100,
    offset: options?.offset ?? 0,
  }
}

/** The accounts with the balances that the look itself may have moved. */
async function coveredNow(ctx: BankContext, { item, accounts }: Subject): Promise<Account[]> {
  const known = new Set(accounts.map(({ id }) => id))
  return (await listAccounts(ctx, ctx.db, item)).filter((one) => known.has(one.id) && hasTransactions(one))
}

async function again(ctx: BankContext, subject: Subject, account: Account): Promise<Account> {
  return (await coveredNow(ctx, subject)).find(({ id }) => id === account.id) ?? account
}
