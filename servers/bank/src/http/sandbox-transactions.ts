import { RequestIdResponse, SandboxTransactionsCreateRequest } from '@paddock/bank-wire'
import { parseUsd } from '@paddock/money'
import type { BankContext } from '../context.ts'
import { createTransactions } from '../transactions/move-transactions.ts'
import { openSubject } from '../transactions/open-subject.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { RequestRefused } from './wire-error.ts'

export function serveSandboxTransactions(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/sandbox/transactions/create',
    { request: SandboxTransactionsCreateRequest, response: RequestIdResponse },
    async ({ access_token, transactions }, { clientId }) => {
      const written = transactions.map((one) => ({
        name: one.description,
        amountMinor: -readMinor(one.amount),
        authorizedOn: Temporal.PlainDate.from(one.date_transacted),
        postedOn: Temporal.PlainDate.from(one.date_posted),
      }))
      await createTransactions(ctx, await openSubject(ctx, clientId, access_token), written)
      return {}
    },
  )
}

/** Exact cents of a JSON number; one with a third decimal is refused, not rounded. */
function readMinor(amount: number): bigint {
  const minor = parseUsd(String(amount))
  if (minor === undefined) {
    throw new RequestRefused('field_invalid', {
      problem: 'transactions.amount: must have at most two decimals',
    })
  }
  return minor
}
