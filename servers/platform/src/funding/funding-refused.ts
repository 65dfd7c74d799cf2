import { DomainError } from '@paddock/kernel'

export type FundingRefusal = 'amount_not_valid' | 'transfer_too_small'

export class FundingRefused extends DomainError<FundingRefusal> {
  override readonly name = 'FundingRefused'
}
