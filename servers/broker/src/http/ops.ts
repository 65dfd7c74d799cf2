import { AccountPath } from '@paddock/broker-wire'
import type { AccountEntry, LedgerAccount } from '@paddock/ledger'
import { formatQuantity, trimmedUsd } from '@paddock/money'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import { readBook } from '../ledger-book.ts'
import type { BrokerRoutes } from './routes.ts'

const Amounts = z.object({
  posted: z.string(),
  pending_in: z.string(),
  pending_out: z.string(),
  available: z.string(),
})

const LedgerPage = z.object({
  account_id: z.string(),
  accounts: z.array(Amounts.extend({ id: z.string(), kind: z.string(), asset: z.string() })),
  entries: z.array(
    z.object({
      ledger_account: z.string(),
      transfer_id: z.string(),
      other_side: z.string(),
      asset: z.string(),
      amount: z.string(),
      balance_after: z.string(),
      cause: z.object({ kind: z.string(), id: z.string(), step: z.string() }),
      at: z.string(),
    }),
  ),
})

/** What an operator sees of the books; not part of the vendor's API. */
export const opsRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/_ops/ledger/accounts/:account_id',
    {
      schema: {
        summary: "Read an account's ledger",
        tags: ['Operations'],
        params: AccountPath,
        response: { 200: LedgerPage },
      },
    },
    async ({ params }) => {
      const accountId = params.account_id as AccountId
      await requireAccount(ctx.db, accountId)
      const { accounts, entries } = await readBook(ctx.db, accountId)
      return {
        account_id: accountId,
        accounts: accounts.map(presentAccount),
        entries: entries.map(presentEntry),
      }
    },
  )
}

const amountOf = (asset: string, amount: bigint) =>
  asset === 'USD' ? trimmedUsd(amount) : formatQuantity(amount)

function presentAccount({ id, kind, asset, posted, pendingIn, pendingOut, available }: LedgerAccount) {
  return {
    id,
    kind,
    asset,
    posted: amountOf(asset, posted),
    pending_in: amountOf(asset, pendingIn),
    pending_out: amountOf(asset, pendingOut),
    available: amountOf(asset, available),
  }
}

function presentEntry(entry: AccountEntry) {
  return {
    ledger_account: entry.accountId,
    transfer_id: entry.transferId,
    other_side: entry.otherAccountId,
    asset: entry.asset,
    amount: amountOf(entry.asset, entry.amount),
    balance_after: amountOf(entry.asset, entry.balanceAfter),
    cause: entry.cause,
    at: entry.at.toString(),
  }
}
