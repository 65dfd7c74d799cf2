import { z } from 'zod'
import { isRoutingNumber } from './ach-relationships.ts'
import { filledLine, line, Uuid } from './primitives.ts'

/** The fifth state, REJECTED, would break the vendor's client and is never answered. */
export const bankStatuses = ['QUEUED', 'SENT_TO_CLEARING', 'APPROVED', 'CANCELED'] as const

const shared = { name: filledLine(100) }

const letters = (most: number) =>
  z
    .string()
    .max(most, `must have at most ${most} characters`)
    .regex(/^[A-Za-z0-9](?:[A-Za-z0-9 -]*[A-Za-z0-9])?$/, 'must have letters and digits only')

/** A bank abroad has an address; one at home is known by its number, and an address there is an error. */
const NoAddress = z.literal('', { error: 'is only for banks with a BIC' }).nullish()

const DomesticBank = z.object({
  ...shared,
  bank_code_type: z.literal('ABA'),
  bank_code: z.string().refine(isRoutingNumber, 'must be a valid 9-digit ABA routing number'),
  account_number: letters(17),
  country: NoAddress,
  state_province: NoAddress,
  postal_code: NoAddress,
  city: NoAddress,
  street_address: NoAddress,
})

const ForeignBank = z.object({
  ...shared,
  bank_code_type: z.literal('BIC'),
  bank_code: z
    .string()
    .regex(/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/, 'must be a BIC of 8 or 11 letters and digits'),
  /** Account numbers abroad are as long as an IBAN. */
  account_number: letters(34),
  country: filledLine(60),
  state_province: filledLine(60),
  postal_code: filledLine(20).min(3, 'must have at least 3 characters'),
  city: filledLine(60),
  street_address: filledLine(100),
})

export const NewBankBody = z.discriminatedUnion('bank_code_type', [DomesticBank, ForeignBank], {
  error: (issue) => (issue.code === 'invalid_union' ? 'must be ABA or BIC' : undefined),
})

/** Any object: every unsuitable field is a bad request on this page, and the route says which one. */
export const CreateBankBody = z.looseObject({ bank_code_type: z.unknown().optional() })

export type CreateBankBody = {
  name: string
  bank_code: string
  bank_code_type: 'ABA' | 'BIC'
  account_number: string
  country?: string
  state_province?: string
  postal_code?: string
  city?: string
  street_address?: string
}

export const BankPath = z.object({ account_id: Uuid, bank_id: Uuid })

export const ListBanksQuery = z.object({ status: z.string().optional(), bank_name: z.string().optional() })

export const ListBanks = z.object({
  status: z
    .string()
    .toUpperCase()
    .pipe(z.enum(['ACTIVE', 'INACTIVE'], { error: 'must be ACTIVE or INACTIVE' }))
    .optional(),
  bank_name: line(100).optional(),
})

/** The vendor's client needs the five parts of the address as text, even where there are none. */
export const BankBody = z.object({
  id: Uuid,
  account_id: Uuid,
  created_at: z.string(),
  updated_at: z.string(),
  name: z.string(),
  status: z.enum(bankStatuses),
  country: z.string(),
  state_province: z.string(),
  postal_code: z.string(),
  city: z.string(),
  street_address: z.string(),
  account_number: z.string(),
  bank_code: z.string(),
  bank_code_type: z.enum(['ABA', 'BIC']),
})

export type BankBody = z.infer<typeof BankBody>
