import { z } from 'zod'
import { Id, ignored, optional, request, Token } from './request.ts'

const transactionId = z.string().min(1).max(36)

const question = {
  client_transaction_id: transactionId,
  amount: z.number().positive().max(1e9),
  user_present: optional(z.boolean()),
  client_user_id: optional(z.string().max(200)),
  is_recurring: optional(z.boolean()),
  default_payment_method: optional(z.enum(['SAME_DAY_ACH', 'STANDARD_ACH', 'MULTIPLE_PAYMENT_METHODS'])),
  user: ignored,
  device: ignored,
  risk_profile_key: optional(z.string().max(200)),
  ruleset_key: optional(z.string().min(1).max(200)),
}

export const SignalEvaluateRequest = request({ access_token: Token, account_id: Id, ...question })
export const ProcessorSignalEvaluateRequest = request({ processor_token: Token, ...question })

export const SignalPrepareRequest = request({ access_token: Token })

export const SignalScheduleRequest = request({
  access_token: Token,
  account_id: Id,
  client_transaction_id: question.client_transaction_id,
  amount: question.amount,
  default_payment_method: question.default_payment_method,
})
export const SignalScheduleResponse = z.object({
  optimal_date: z.string().nullable(),
  recommendations: z.array(
    z.object({
      date: z.string(),
      recommendation: z.enum(['RECOMMENDED', 'NOT_RECOMMENDED', 'UNKNOWN']),
      rank: z.int().nullable(),
    }),
  ),
  warnings: z.array(z.never()),
  request_id: z.string(),
})

export const SignalEvaluateResponse = z.object({
  scores: z
    .object({
      customer_initiated_return_risk: z.object({ score: z.int(), risk_tier: z.int() }),
      bank_initiated_return_risk: z.object({ score: z.int(), risk_tier: z.int() }),
    })
    .nullable(),
  core_attributes: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
  ruleset: z.object({
    ruleset_key: z.string(),
    result: z.enum(['ACCEPT', 'REROUTE', 'REVIEW']),
    triggered_rule_details: z.object({ internal_note: z.string() }).nullable(),
  }),
  warnings: z.array(z.never()),
  request_id: z.string(),
})

const decision = {
  client_transaction_id: transactionId,
  initiated: z.boolean(),
  days_funds_on_hold: optional(z.int().min(0).max(10_000)),
  decision_outcome: optional(
    z.enum(['APPROVE', 'REVIEW', 'REJECT', 'TAKE_OTHER_RISK_MEASURES', 'NOT_EVALUATED']),
  ),
  payment_method: optional(
    z.enum(['SAME_DAY_ACH', 'NEXT_DAY_ACH', 'STANDARD_ACH', 'MULTIPLE_PAYMENT_METHODS']),
  ),
  amount_instantly_available: optional(z.number().min(0).max(1e9)),
  submitted_at: optional(z.iso.datetime({ offset: true })),
}
export const SignalDecisionReportRequest = request(decision)
export const ProcessorSignalDecisionReportRequest = request({ processor_token: Token, ...decision })

const returned = {
  client_transaction_id: transactionId,
  return_code: z.string().regex(/^R\d\d$/, 'must be a return code R..'),
  returned_at: optional(z.iso.datetime({ offset: true })),
}
export const SignalReturnReportRequest = request(returned)
export const ProcessorSignalReturnReportRequest = request({ processor_token: Token, ...returned })
