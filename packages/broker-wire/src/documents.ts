import { z } from 'zod'
import { MomentParam, Uuid } from './primitives.ts'

/** The types that the vendor's client can read; most of them are older than the others and no longer issued. */
export const documentTypeNames = [
  'account_statement',
  'trade_confirmation',
  'trade_confirmation_json',
  'tax_statement',
  'account_application',
  'tax_1099_b_details',
  'tax_1099_b_form',
  'tax_1099_div_details',
  'tax_1099_div_form',
  'tax_1099_int_details',
  'tax_1099_int_form',
  'tax_w8',
] as const

/** Types that may be asked for, but would break the vendor's client: we have none. */
const hiddenDocumentTypes = ['crypto_account_statement', 'options_application'] as const

/** A bare `type=` is none. The vendor's two sources name the days differently; both are known. */
export const ListDocumentsQuery = z.object({
  start: MomentParam.optional(),
  end: MomentParam.optional(),
  start_date: MomentParam.optional(),
  end_date: MomentParam.optional(),
  type: z.enum([...documentTypeNames, ...hiddenDocumentTypes]).optional(),
})
export type ListDocumentsQuery = z.infer<typeof ListDocumentsQuery>

export const DocumentPath = z.object({ account_id: Uuid, document_id: Uuid })
export const DocumentIdPath = z.object({ document_id: Uuid })

/** A document that the firm issued. */
export const DocumentBody = z.object({
  id: Uuid,
  name: z.string(),
  type: z.enum(documentTypeNames),
  sub_type: z.enum(['', '1099-Comp', '1042-S', '480.6', 'courtesy_statement']),
  date: z.string(),
})
export type DocumentBody = z.infer<typeof DocumentBody>
