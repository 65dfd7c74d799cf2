import { z } from 'zod'
import { AmountInput, filledLine, line, listParam, MomentParam, Uuid } from './primitives.ts'

export const instantFundingStatuses = ['PENDING', 'EXECUTED', 'COMPLETED', 'CANCELED', 'FAILED'] as const

/** These calls know accounts by their numbers. */
const AccountNumber = filledLine(40)

export const CreateInstantFundingBody = z.object({
  account_no: AccountNumber,
  source_account_no: AccountNumber,
  amount: AmountInput,
})

export type CreateInstantFundingBody = z.input<typeof CreateInstantFundingBody>

export const InstantFundingPath = z.object({ id: Uuid })

export const ListInstantFundingQuery = z.object({
  sort_by: z.enum(['created_at'], { error: 'must be created_at' }).optional(),
  sort_order: z
    .string()
    .toUpperCase()
    .pipe(z.enum(['ASC', 'DESC'], { error: 'must be ASC or DESC' }))
    .optional(),
})

export const AccountLimitsQuery = z.object({
  account_numbers: listParam(line(40)).refine(
    (numbers) => numbers.length >= 1 && numbers.length <= 100,
    'must name 1 to 100 accounts',
  ),
})

export const InstantFundingReportQuery = z.object({
  report_type: z.enum(['summary', 'detail'], { error: 'must be summary or detail' }).optional(),
  system_date: MomentParam.optional(),
})

export const InstantFundingBody = z.object({
  id: Uuid,
  account_no: z.string(),
  source_account_no: z.string(),
  amount: z.string(),
  remaining_payable: z.string(),
  total_interest: z.string(),
  fees: z.array(z.object({ id: z.string(), amount: z.string(), type: z.enum(['partner', 'alpaca']) })),
  interests: z.array(
    z.object({
      id: z.string(),
      date: z.string(),
      amount: z.string(),
      status: z.string(),
      created_at: z.string(),
      reconciled_at: z.string().nullable(),
    }),
  ),
  status: z.enum(instantFundingStatuses),
  system_date: z.string(),
  deadline: z.string(),
  created_at: z.string(),
})

export type InstantFundingBody = z.infer<typeof InstantFundingBody>

export const InstantFundingLimitBody = z.object({
  amount_available: z.string(),
  amount_in_use: z.string(),
  amount_limit: z.string(),
})

export type InstantFundingLimitBody = z.infer<typeof InstantFundingLimitBody>

export const InstantFundingAccountLimitBody = InstantFundingLimitBody.extend({ account_no: z.string() })

export type InstantFundingAccountLimitBody = z.infer<typeof InstantFundingAccountLimitBody>

/** The vendor does not publish its report's shape; this one is ours (contracts/alpaca/instant-funding.md §5). */
export const InstantFundingReportBody = z.object({
  report_type: z.enum(['summary', 'detail']),
  system_date: z.string(),
  deadline: z.string(),
  count: z.number().int(),
  total_amount: z.string(),
  settled_amount: z.string(),
  canceled_amount: z.string(),
  remaining_payable: z.string(),
  total_interest: z.string(),
  transfers: z.array(InstantFundingBody).optional(),
})

export type InstantFundingReportBody = z.infer<typeof InstantFundingReportBody>

/** Who sent the money: the law wants it kept with each transfer. */
export const SettlementTransmitter = z.object({
  originator_full_name: filledLine(200),
  originator_street_address: filledLine(200),
  originator_city: filledLine(100),
  originator_state: line(100).nullish(),
  originator_postal_code: line(20).nullish(),
  originator_country: filledLine(60),
  originator_bank_name: filledLine(200),
  originator_bank_account_number: filledLine(40),
  other_identifying_information: line(500).nullish(),
})

const MOST_SETTLED = 500

export const CreateSettlementBody = z.object({
  transfers: z
    .array(z.object({ instant_transfer_id: Uuid, transmitter_info: SettlementTransmitter }))
    .min(1, 'must not be empty')
    .max(MOST_SETTLED, `must have at most ${MOST_SETTLED} items`)
    .refine(
      (transfers) => new Set(transfers.map((one) => one.instant_transfer_id)).size === transfers.length,
      'must not name an instant transfer twice',
    ),
  additional_info: line(500).nullish(),
})

export type CreateSettlementBody = z.input<typeof CreateSettlementBody>

export const SettlementPath = z.object({ id: Uuid })

export const SettlementBody = z.object({
  id: Uuid,
  status: z.enum(['PENDING', 'AWAITING_ADDITIONAL_FUNDS', 'COMPLETED', 'FAILED']),
  total_amount: z.string(),
  interest_amount: z.string(),
  source_account_number: z.string(),
  reason: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  completed_at: z.string().nullable(),
})

export type SettlementBody = z.infer<typeof SettlementBody>
