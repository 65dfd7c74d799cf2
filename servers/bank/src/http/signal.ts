import {
  ProcessorSignalDecisionReportRequest,
  ProcessorSignalEvaluateRequest,
  ProcessorSignalReturnReportRequest,
  RequestIdResponse,
  SignalDecisionReportRequest,
  SignalEvaluateRequest,
  SignalEvaluateResponse,
  SignalReturnReportRequest,
} from '@paddock/bank-wire'
import { assert, readInstant } from '@paddock/kernel'
import { parseUsd } from '@paddock/money'
import type { z } from 'zod'
import type { BankContext } from '../context.ts'
import type { Account } from '../items/item.ts'
import { openAccounts } from '../items/open-item.ts'
import { openProcessorAccount } from '../items/processor.ts'
import { type Evaluation, evaluate } from '../signal/evaluate.ts'
import { reportDecision, reportReturn } from '../signal/report.ts'
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
  operation(
    app,
    ctx,
    '/signal/evaluate',
    { request: SignalEvaluateRequest, response: SignalEvaluateResponse },
    async ({ access_token, account_id, ...asked }, { clientId }) => {
      const request = { clientId, accessToken: access_token, accountIds: [account_id], product: 'signal' }
      const { accounts } = await openAccounts(ctx, request)
      const [account] = accounts
      assert(account !== undefined, 'one account was asked for')
      return presentEvaluation(account, await evaluate(ctx, account, readQuestion(clientId, asked)))
    },
  )

  operation(
    app,
    ctx,
    '/processor/signal/evaluate',
    { request: ProcessorSignalEvaluateRequest, response: SignalEvaluateResponse },
    async ({ processor_token, ...asked }, client) => {
      const { account } = await openProcessorAccount(ctx, client, processor_token)
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
      await openProcessorAccount(ctx, client, processor_token)
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
      await openProcessorAccount(ctx, client, processor_token)
      await reportReturn(ctx, client.clientId, readReturn(body))
      return {}
    },
  )
}

function readQuestion(
  clientId: string,
  asked: { client_transaction_id: string; amount: number; ruleset_key?: string | undefined },
) {
  const amountMinor = parseUsd(String(asked.amount))
  if (amountMinor === undefined) {
    throw new RequestRefused('field_invalid', { problem: 'amount: must have at most two decimals' })
  }
  return {
    clientId,
    clientTransactionId: asked.client_transaction_id,
    amountMinor,
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
