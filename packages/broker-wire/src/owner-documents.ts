import { z } from 'zod'
import { filledLine, line, PlainDate, Timestamp, Uuid } from './primitives.ts'

export const ownerDocumentTypes = [
  'account_approval_letter',
  'address_verification',
  'cip_result',
  'company_formation',
  'date_of_birth_verification',
  'entity_operating_document',
  'entity_registration',
  'hio_declaration_form',
  'identity_verification',
  'limited_trading_authorization',
  'pep_declaration_form',
  'tax_id_verification',
  'w8ben',
  'w9',
] as const

/** Of the encoded contents: the vendor's limit where it runs the checks itself. */
export const MAX_DOCUMENT_CHARACTERS = 10 * 1_048_576
export const MAX_DOCUMENTS = 10

/** Searched for what does not belong, because a pattern for the whole would be slow on ten megabytes. */
const Base64 = z
  .string()
  .max(MAX_DOCUMENT_CHARACTERS, 'must have at most 10 MB')
  .refine(
    (text) => text.length % 4 === 0 && !/[^A-Za-z0-9+/=]/.test(text) && !text.slice(0, -2).includes('='),
    'must be base64',
  )

const place = (max = 100) => line(max).nullish()

/** Form W-8BEN as fields (contracts/alpaca/accounts.md §5). */
export const W8Ben = z
  .object({
    additional_conditions: place(500),
    country_citizen: filledLine(60),
    date: PlainDate,
    date_of_birth: PlainDate,
    foreign_tax_id: place(40),
    ftin_not_required: z.boolean().nullish(),
    full_name: filledLine(120),
    income_type: place(),
    ip_address: z.union([z.ipv4(), z.ipv6()], { error: 'must be an IP address' }),
    mailing_address_city_state: place(),
    mailing_address_country: place(),
    mailing_address_street: place(),
    paragraph_number: place(),
    percent_rate_withholding: z.union([z.number(), line(20)]).nullish(),
    permanent_address_city_state: filledLine(100),
    permanent_address_country: filledLine(60),
    permanent_address_street: filledLine(100),
    reference_number: place(),
    residency: place(),
    revision: filledLine(40),
    signer_full_name: filledLine(120),
    tax_id_ssn: place(40),
    timestamp: Timestamp,
  })
  .refine(
    ({ foreign_tax_id, tax_id_ssn, ftin_not_required }) =>
      Boolean(foreign_tax_id) || Boolean(tax_id_ssn) || ftin_not_required != null,
    { path: ['ftin_not_required'], message: 'is required without foreign_tax_id and tax_id_ssn' },
  )

/** A paper of an application. A caller's own `id` is ignored; what the file is, its bytes say. */
export const ApplicationDocument = z
  .object({
    document_type: z.enum(ownerDocumentTypes),
    document_sub_type: line(60).nullish(),
    content: Base64.nullish(),
    content_data: W8Ben.nullish(),
    mime_type: z.enum(['application/pdf', 'image/png', 'image/jpeg', 'application/json']).nullish(),
  })
  .refine(({ content, content_data }) => content == null || content_data == null, {
    path: ['content_data'],
    message: 'content_data cannot be given together with content',
  })
  .refine(({ document_type, content_data }) => content_data == null || document_type === 'w8ben', {
    path: ['content_data'],
    message: 'content_data is only for w8ben',
  })

export type ApplicationDocument = z.infer<typeof ApplicationDocument>

/** What is sent later must bring its contents. */
export const UploadDocumentsBody = z
  .array(
    ApplicationDocument.refine(({ content, content_data }) => Boolean(content) || content_data != null, {
      path: ['content'],
      message: 'content is required',
    }).refine(({ content, mime_type }) => content == null || mime_type != null, {
      path: ['mime_type'],
      message: 'mime_type is required',
    }),
  )
  .min(1, 'must hold at least one document')
  .max(MAX_DOCUMENTS, `must hold at most ${MAX_DOCUMENTS} documents`)

export type UploadDocumentsBody = z.infer<typeof UploadDocumentsBody>

export const OwnerDocumentPath = z.object({ account_id: Uuid, document_id: Uuid })
