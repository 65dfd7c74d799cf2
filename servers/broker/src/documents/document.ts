import { type Brand, DomainError } from '@paddock/kernel'
import type { AccountId } from '../accounts/account.ts'

export type DocumentId = Brand<string, 'DocumentId'>

/** What the firm issues to its customers. The JSON form of a confirmation is a document of its own. */
export const documentTypes = [
  'account_statement',
  'trade_confirmation',
  'trade_confirmation_json',
  'tax_statement',
] as const

export type DocumentType = (typeof documentTypes)[number]

export type IssuedDocument = {
  readonly accountId: AccountId
  readonly id: DocumentId
  readonly type: DocumentType
  readonly subType: string | undefined
  /** The day that it is about, or the last of them. */
  readonly date: Temporal.PlainDate
  readonly issuedAt: Temporal.Instant
}

export type DocumentRejection = 'issued_document_not_found'

export class DocumentRejected extends DomainError<DocumentRejection> {
  override readonly name = 'DocumentRejected'
}
