import {
  ProcessorRequest,
  ProcessorSignalDecisionReportRequest,
  ProcessorSignalEvaluateRequest,
  ProcessorSignalReturnReportRequest,
  RequestIdResponse,
  SignalDecisionReportRequest,
  SignalEvaluateRequest,
  SignalEvaluateResponse,
  SignalPrepareRequest,
  SignalReturnReportRequest,
  SignalScheduleRequest,
  SignalScheduleResponse,
} from '@paddock/bank-wire'
import { assert, readInstant } from '@paddock/kernel'
import { parseUsd } from '@paddock/money'
import type { z } from 'zod'
import type { BankContext } from '../context.ts'
import type { Account } from '../items/item.ts'
import { openAccounts } from '../items/open-item.ts'
import { openProcessorAccount, openProcessorProduct } from '../items/processor.ts'
import { type Evaluation, evaluate } from '../signal/evaluate.ts'
import { reportDecision, reportReturn } from '../signal/report.ts'
import { scheduleDebit } from '../signal/schedule.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentAccount } from './present-account.ts'
import { RequestRefused } from './wire-error.ts'

type Decision = Omit<z.output<typeof SignalDecisionReportRequest>, 'client_id' | 'secret'>
type Return = Pick<
  z.output<typeof SignalReturnReportRequest>,
  'client_transaction_id' | 'return_code' | 'returned_at'
>

export function serveSignal(app: HttpApp, ctx: BankContext): void {
  servePreparation(app, ctx)
  operation(
    app,
    ctx,
    '/signal/evaluate',
    { request: SignalEvaluateRequest, response: SignalEvaluateResponse },
    async ({ access_token, account_id, ...asked }, { clientId }) => {
      const account = await openAccount(ctx, clientId, access_token, account_id)
      return presentEvaluation(account, await evaluate(ctx, account, readQuestion(clientId, asked)))
    },
  )

  operation(
    app,
    ctx,
    '/processor/signal/evaluate',
    { request: ProcessorSignalEvaluateRequest, response: SignalEvaluateResponse },
    async ({ processor_token, ...asked }, client) => {
      const account = await openProcessorProduct(ctx, client, processor_token, 'signal')
      return presentEvaluation(account, await evaluate(ctx, account, readQuestion(client.clientId, asked)))
    },
  )

  operation(
    app,
    ctx,
    '/signal/decision/report',
    { request: SignalDecisionReportRequest, response: RequestIdResponse },
    async (body, { clientId }) => {
      await reportDecision(ctx, clientId, readDecision(body))
      return {}
    },
  )

  operation(
    app,
    ctx,
    '/processor/signal/decision/report',
    { request: ProcessorSignalDecisionReportRequest, response: RequestIdResponse },
    async ({ processor_token, ...body }, client) => {
      await openProcessorAccount(ctx, client, processor_token, 'signal')
      await reportDecision(ctx, client.clientId, readDecision(body))
      return {}
    },
  )

  operation(
    app,
    ctx,
    '/signal/return/report',
    { request: SignalReturnReportRequest, response: RequestIdResponse },
    async (body, { clientId }) => {
      await reportReturn(ctx, clientId, readReturn(body))
      return {}
    },
  )

  operation(
    app,
    ctx,
    '/processor/signal/return/report',
    { request: ProcessorSignalReturnReportRequest, response: RequestIdResponse },
    async ({ processor_token, ...body }, client) => {
      await openProcessorAccount(ctx, client, processor_token, 'signal')
      await reportReturn(ctx, client.clientId, readReturn(body))
      return {}
    },
  )
}

/** What makes the scores better at the vendor is here from the start; the item gets the product. */
function servePreparation(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/signal/prepare',
    { request: SignalPrepareRequest, response: RequestIdResponse },
    async ({ access_token }, { clientId }) => {
      await openAccounts(ctx, { clientId, accessToken: access_token, product: 'signal' })
      return {}
    },
  )

  operation(
    app,
    ctx,
    '/processor/signal/prepare',
    { request: ProcessorRequest, response: RequestIdResponse },
    async ({ processor_token }, client) => {
      await openProcessorProduct(ctx, client, processor_token, 'signal')
      return {}
    },
  )

  operation(
    app,
    ctx,
    '/signal/schedule',
    { request: SignalScheduleRequest, response: SignalScheduleResponse },
    async ({ access_token, account_id, amount }, { clientId }) => {
      const account = await openAccount(ctx, clientId, access_token, account_id)
      const days = scheduleDebit(ctx, account, readAmount(amount))
      const recommendations = days.map((day) => ({ ...day, date: day.date.toString() }))
      const best = recommendations.find(({ rank }) => rank === 1)
      return { optimal_date: best?.date ?? null, recommendations, warnings: [] }
    },
  )
}

async function openAccount(
  ctx: BankContext,
  clientId: string,
  accessToken: string,
  accountId: string,
): Promise<Account> {
  const request = { clientId, accessToken, accountIds: [accountId], product: 'signal' }
  const [account] = (await openAccounts(ctx, request)).accounts
  assert(account !== undefined, 'one account was asked for')
  return account
}

function readAmount(amount: number): bigint {
  const amountMinor = parseUsd(String(amount))
  if (amountMinor === undefined) {
    throw new RequestRefused('field_invalid', { problem: 'amount: must have at most two decimals' })
  }
  return amountMinor
}

function readQuestion(
  clientId: string,
  asked: { client_transaction_id: string; amount: number; ruleset_key?: string | undefined },
) {
  return {
    clientId,
    clientTransactionId: asked.client_transaction_id,
    amountMinor: readAmount(asked.amount),
    rulesetKey: asked.ruleset_key,
  }
}

function readDecision({ client_transaction_id, initiated, ...facts }: Decision) {
  const { days_funds_on_hold, decision_outcome, payment_method, amount_instantly_available } = facts
  const told = { days_funds_on_hold, decision_outcome, payment_method, amount_instantly_available }
  return { clientTransactionId: client_transaction_id, initiated, facts: told }
}

function readReturn({ client_transaction_id, return_code, returned_at }: Return) {
  const returnedAt = returned_at === undefined ? undefined : readInstant(returned_at)
  return { clientTransactionId: client_transaction_id, returnCode: return_code, returnedAt }
}

function presentEvaluation(account: Account, { scores, result, rulesetKey, note }: Evaluation) {
  const { available, current } = presentAccount(account).balances
  const tier = (score: number, tiers: number) => Math.min(tiers, 1 + Math.floor((score * tiers) / 100))
  const risk = (score: number, tiers: number) => ({ score, risk_tier: tier(score, tiers) })
  return {
    scores:
      scores === null
        ? null
        : {
            customer_initiated_return_risk: risk(scores.customer, 5),
            bank_initiated_return_risk: risk(scores.bank, 8),
          },
    core_attributes: {
      ...(available === null ? {} : { available_balance: available }),
      ...(current === null ? {} : { current_balance: current }),
      ...(scores === null ? {} : { is_savings_or_money_market_account: account.subtype === 'savings' }),
    },
    ruleset: {
      ruleset_key: rulesetKey,
      result,
      triggered_rule_details: note === null ? null : { internal_note: note },
    },
    warnings: [],
  }
}
