import { z } from 'zod'
import { AmountInput, line, Uuid } from './primitives.ts'

export const transferStatuses = [
  'QUEUED',
  'APPROVAL_PENDING',
  'PENDING',
  'SENT_TO_CLEARING',
  'REJECTED',
  'CANCELED',
  'APPROVED',
  'COMPLETE',
  'RETURNED',
] as const

export const transferDirections = ['INCOMING', 'OUTGOING'] as const

/** `timing` is no longer of effect, but the vendor's client always sends it; like any unknown field it is ignored. */
export const CreateTransferBody = z.object({
  transfer_type: z.enum(['ach', 'wire'], { error: 'transfer_type must be either ach or wire' }),
  direction: z.enum(transferDirections, { error: 'direction must be either incoming or outgoing' }),
  relationship_id: Uuid.nullish(),
  bank_id: Uuid.nullish(),
  amount: AmountInput,
  fee_payment_method: z.enum(['user', 'invoice']).nullish(),
  additional_information: line(500).nullish(),
})

export type CreateTransferBody = z.infer<typeof CreateTransferBody>

export const TransferPath = z.object({ account_id: Uuid, transfer_id: Uuid })

const count = (most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform((text) => Math.min(Number(text), most))

export const ListTransfersQuery = z.object({
  direction: z.string().toUpperCase().pipe(z.enum(transferDirections)).optional(),
  limit: count(1_000).optional(),
  offset: count(999_999_999).optional(),
})

const Text = z.string().nullish()

/** A transfer as it is answered: `type` and not `transfer_type`, and each kind with its own counterpart. */
export const TransferBody = z.object({
  id: Uuid,
  account_id: Uuid,
  relationship_id: Uuid.nullish(),
  bank_id: Uuid.nullish(),
  type: z.enum(['ach', 'wire']),
  status: z.enum([...transferStatuses, 'SETTLED']),
  reason: Text,
  amount: z.string(),
  requested_amount: Text,
  fee: Text,
  fee_payment_method: z.enum(['user', 'invoice']).nullish(),
  direction: z.enum(transferDirections),
  additional_information: Text,
  instant_amount: Text,
  hold_until: Text,
  /** Ours, beyond the vendor's: when the file leaves and when the money is booked. */
  cutoff_at: Text,
  settles_on: Text,
  /** Ours: why ACH sent it back, such as R01. */
  return_code: Text,
  currency: Text,
  created_at: z.string(),
  updated_at: Text,
  expires_at: Text,
})

export type TransferBody = z.infer<typeof TransferBody>
