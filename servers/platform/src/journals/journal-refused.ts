import { DomainError } from '@paddock/kernel'

export type JournalRefusal =
  | 'amount_not_valid'
  | 'cash_or_shares'
  | 'journal_account_unknown'
  | 'quantity_not_valid'

export class JournalRefused extends DomainError<JournalRefusal> {
  override readonly name = 'JournalRefused'
}
