import { z } from 'zod'
import { filledLine, line, listParam, Uuid } from './primitives.ts'

export const relationshipStatuses = [
  'QUEUED',
  'APPROVED',
  'PENDING',
  'REJECTED',
  'CANCELED',
  'CANCEL_FAILED',
] as const

/** Nine digits whose weighted sum is a multiple of ten, as the ABA numbers banks. */
export function isRoutingNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text) || text === '000000000') return false
  const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return sum % 10 === 0
}

/** By the bank's numbers. Account numbers may hold letters (S003's sample does). */
export const RelationshipByNumbers = z.object({
  account_owner_name: filledLine(100),
  bank_account_type: z.enum(['CHECKING', 'SAVINGS'], { error: 'must be CHECKING or SAVINGS' }),
  bank_account_number: z
    .string()
    .regex(/^[A-Za-z0-9](?:[A-Za-z0-9 -]{0,15}[A-Za-z0-9])?$/, 'must have 1 to 17 letters and digits'),
  bank_routing_number: z.string().refine(isRoutingNumber, 'must be a valid 9-digit ABA routing number'),
  nickname: line(100).nullish(),
})

/** By a token that the customer's bank gave for us; it wins over numbers in the same request. */
export const RelationshipByToken = z.object({
  processor_token: z.string().min(1, 'must not be empty').max(200),
  nickname: line(100).nullish(),
})

/** Either form; which one is told by `processor_token` alone, so that a refusal names the right field. */
export const CreateRelationshipBody = z.looseObject({ processor_token: z.unknown().optional() })

export const RelationshipPath = z.object({ account_id: Uuid, relationship_id: Uuid })

export const ListRelationshipsQuery = z.object({
  statuses: listParam(
    z.enum([...relationshipStatuses, 'CANCEL_REQUESTED', 'CANCEL_SENT', 'SENT_TO_CLEARING']),
  ).optional(),
})

/** The vendor's client needs all four bank fields as text, whatever the docs call optional. */
export const RelationshipBody = z.object({
  id: Uuid,
  account_id: Uuid,
  created_at: z.string(),
  updated_at: z.string(),
  status: z.enum(relationshipStatuses),
  account_owner_name: z.string(),
  bank_account_type: z.enum(['CHECKING', 'SAVINGS', '']),
  bank_account_number: z.string(),
  bank_routing_number: z.string(),
  nickname: z.string().nullish(),
  processor_token: z.string().nullish(),
  approval_method: z.string().nullish(),
  account_mask: z.string().nullish(),
})

export type RelationshipBody = z.infer<typeof RelationshipBody>
