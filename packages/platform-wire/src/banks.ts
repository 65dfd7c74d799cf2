import { z } from 'zod'
import { Id, Timestamp, Usd } from './scalars.ts'

/** POST /api/link/token, no body. */
export const LinkToken = z.object({ link_token: z.string(), expiration: Timestamp })
export type LinkToken = z.infer<typeof LinkToken>

/**
 * POST /api/link/exchange: what Link's onSuccess gives; connects the chosen account for funding and answers
 * the Bank. DELETE /api/banks/:id removes bank and relationship and answers 204.
 */
export const LinkExchange = z.strictObject({
  public_token: z.string().min(1).max(200),
  /** The account that the person chose. Without it: the first checking or savings account of the login. */
  account_id: z.string().min(1).max(100).optional(),
})
export type LinkExchange = z.infer<typeof LinkExchange>

export const BankAccount = z.object({
  /** The bank's id for the account. */
  account_id: z.string(),
  name: z.string(),
  mask: z.string().nullable(),
  subtype: z.string().nullable(),
  available: Usd.nullable(),
  current: Usd.nullable(),
})

/** One linked bank login. */
export const Bank = z.object({
  id: Id,
  institution_name: z.string(),
  linked_at: Timestamp,
  accounts: z.array(BankAccount),
  /** The ACH relationship at the broker; null when none could be made or it was removed. */
  funding: z
    .object({
      relationship_id: Id,
      /** The linked account that money moves from and to. */
      account_id: z.string(),
      /** QUEUED, PENDING or APPROVED. */
      status: z.string(),
      bank_name: z.string(),
      account_mask: z.string(),
      account_type: z.string(),
    })
    .nullable(),
})
export type Bank = z.infer<typeof Bank>

/** GET /api/banks */
export const Banks = z.object({ banks: z.array(Bank) })
export type Banks = z.infer<typeof Banks>
