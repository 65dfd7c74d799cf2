import { AccountPath, Uuid } from '@paddock/broker-wire'
import { parseUsd, trimmedUsd, type UsdMinor } from '@paddock/money'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import { findOwnRules, noOwnRules, type OwnRiskRules } from '../risk/account-rules.ts'
import { type KeptDecision, listDecisions } from '../risk/decision-store.ts'
import { type RiskRules, riskRules } from '../risk/risk-rules.ts'
import { setOwnRules } from '../risk/set-own-rules.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Operations']

const Usd = z.string().regex(/^\d{1,12}(?:\.\d{1,2})?$/, 'must be an amount such as 50.00')
const Few = z.number().int().min(0).max(10_000)

/** What may be set for one account; null is what everybody has. */
const OwnRules = z.strictObject({
  per_transfer: Usd.nullable(),
  per_30_days: Usd.nullable(),
  at_risk: Usd.nullable(),
  instant_credit: Usd.nullable(),
  hold_banking_days: z.number().int().min(0).max(60).nullable(),
  transfers_per_day: Few.nullable(),
  banks_per_week: Few.nullable(),
  returns_in_30_days: Few.nullable(),
  closed_loop: z.boolean().nullable(),
})
type OwnRules = z.infer<typeof OwnRules>

const SomeOwnRules = OwnRules.partial()

const FirmRules = z.object({
  per_transfer: z.string(),
  per_day: z.string(),
  per_30_days: z.string(),
  at_risk: z.string(),
  hold_banking_days: z.number(),
  closed_loop: z.boolean(),
  transfers_per_day: z.number(),
  banks_per_week: z.number(),
  returns_in_30_days: z.number(),
  balance_check: z.string(),
  balance_unknown: z.string(),
  instant_credit: z.object({ new: z.string(), proven: z.string() }),
})

const DecisionsQuery = z.object({
  account_id: Uuid.optional(),
  subject_id: Uuid.optional(),
  outcome: z.enum(['let_through', 'refused']).optional(),
  rule: z
    .string()
    .regex(/^[a-z\d_]{1,40}$/, 'must be the name of a rule')
    .optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
})

const DecisionBody = z.object({
  id: z.string(),
  account_id: z.string(),
  subject: z.enum(['deposit', 'withdrawal', 'bank']),
  subject_id: z.string().nullable(),
  amount: z.string().nullable(),
  outcome: z.enum(['let_through', 'refused']),
  rule: z.string().nullable(),
  findings: z.array(z.object({ rule: z.string(), answer: z.string(), figures: z.looseObject({}) })),
  at: z.string(),
})

/** What an operator sees and sets of the rules about ACH; not part of the vendor's API (contracts/nacha/risk.md). */
export const opsRiskRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/_ops/risk/decisions',
    {
      schema: {
        summary: 'List decisions about transfers and banks, newest first',
        tags,
        querystring: DecisionsQuery,
        response: { 200: z.array(DecisionBody) },
      },
    },
    async ({ query }) => {
      const { account_id, subject_id, ...rest } = query
      const accountId = account_id as AccountId | undefined
      return (await listDecisions(ctx.db, { ...rest, accountId, subjectId: subject_id })).map(presentDecision)
    },
  )

  app.get(
    '/_ops/risk/rules',
    { schema: { summary: "Get the firm's rules about ACH", tags, response: { 200: FirmRules } } },
    async () => presentFirmRules(riskRules(ctx.config)),
  )

  await app.register(ownRulesRoutes, { ctx })
}

const ownRulesRoutes: BrokerRoutes = async (app, { ctx }) => {
  const path = '/_ops/risk/accounts/:account_id/rules'

  app.get(
    path,
    {
      schema: {
        summary: 'Get what is set for one account',
        tags,
        params: AccountPath,
        response: { 200: OwnRules },
      },
    },
    async ({ params }) => readOwn(ctx, params.account_id as AccountId),
  )

  app.put(
    path,
    {
      schema: {
        summary: 'Set the rules of one account; what is not named is what everybody has',
        tags,
        params: AccountPath,
        body: SomeOwnRules,
        response: { 200: OwnRules },
      },
    },
    async ({ params, body }) => {
      const accountId = params.account_id as AccountId
      await setOwnRules(ctx, accountId, readOwnRules(body))
      return readOwn(ctx, accountId)
    },
  )
}

async function readOwn(ctx: BrokerContext, accountId: AccountId): Promise<OwnRules> {
  await requireAccount(ctx.db, accountId)
  return presentOwnRules((await findOwnRules(ctx.db, accountId)) ?? noOwnRules)
}

const toUsd = (text: string | null | undefined) =>
  text === null || text === undefined ? undefined : (parseUsd(text) as UsdMinor)

const readOwnRules = (body: z.infer<typeof SomeOwnRules>): OwnRiskRules => ({
  perTransferMinor: toUsd(body.per_transfer),
  per30DaysMinor: toUsd(body.per_30_days),
  atRiskMinor: toUsd(body.at_risk),
  instantCreditMinor: toUsd(body.instant_credit),
  holdBankingDays: body.hold_banking_days ?? undefined,
  transfersPerDay: body.transfers_per_day ?? undefined,
  banksPerWeek: body.banks_per_week ?? undefined,
  returnsIn30Days: body.returns_in_30_days ?? undefined,
  closedLoop: body.closed_loop ?? undefined,
})

const fromUsd = (minor: UsdMinor | undefined) => (minor === undefined ? null : trimmedUsd(minor))

const presentOwnRules = (rules: OwnRiskRules): OwnRules => ({
  per_transfer: fromUsd(rules.perTransferMinor),
  per_30_days: fromUsd(rules.per30DaysMinor),
  at_risk: fromUsd(rules.atRiskMinor),
  instant_credit: fromUsd(rules.instantCreditMinor),
  hold_banking_days: rules.holdBankingDays ?? null,
  transfers_per_day: rules.transfersPerDay ?? null,
  banks_per_week: rules.banksPerWeek ?? null,
  returns_in_30_days: rules.returnsIn30Days ?? null,
  closed_loop: rules.closedLoop ?? null,
})

const presentFirmRules = (rules: RiskRules): z.infer<typeof FirmRules> => ({
  per_transfer: trimmedUsd(rules.perTransferMinor),
  per_day: trimmedUsd(rules.perDayMinor),
  per_30_days: trimmedUsd(rules.per30DaysMinor),
  at_risk: trimmedUsd(rules.atRiskMinor),
  hold_banking_days: rules.holdBankingDays,
  closed_loop: rules.closedLoop,
  transfers_per_day: rules.transfersPerDay,
  banks_per_week: rules.banksPerWeek,
  returns_in_30_days: rules.returnsIn30Days,
  balance_check: rules.balanceCheck,
  balance_unknown: rules.balanceUnknown,
  instant_credit: {
    new: trimmedUsd(rules.instantCredit.newMinor),
    proven: trimmedUsd(rules.instantCredit.provenMinor),
  },
})

/** Also what the trace shows of a transfer. */
export const presentDecision = (decision: KeptDecision): z.infer<typeof DecisionBody> => ({
  id: decision.id,
  account_id: decision.accountId,
  subject: decision.subject,
  subject_id: decision.subjectId ?? null,
  amount: decision.amountMinor === undefined ? null : trimmedUsd(decision.amountMinor),
  outcome: decision.outcome,
  rule: decision.rule ?? null,
  findings: [...decision.findings],
  at: decision.at.toString(),
})
