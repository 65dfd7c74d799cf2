import { type Brand, DomainError } from '@paddock/kernel'
import type { PriceMicro } from '@paddock/money'

export type CorporateActionId = Brand<string, 'CorporateActionId'>

export type CorporateActionType = 'dividend' | 'split' | 'merger' | 'spinoff' | 'name_change'

export type CorporateActionSubType =
  | 'cash'
  | 'stock_split'
  | 'reverse_split'
  | 'merger_completion'
  | 'spinoff'
  | 'name_change'

/** Which of an action's days a question is about. */
export type ActionDay = 'declaredOn' | 'exOn' | 'recordOn' | 'payableOn'

/** Something that a company does to all holders of its shares at once. */
export interface CorporateAction {
  readonly id: CorporateActionId
  /** Stays the same over all announcements of one action. */
  readonly publicId: string
  readonly type: CorporateActionType
  readonly subType: CorporateActionSubType
  readonly symbol: string
  /** The other company or the new name, where there is one; else the same symbol. */
  readonly targetSymbol: string
  readonly declaredOn: Temporal.PlainDate
  readonly exOn: Temporal.PlainDate
  readonly recordOn: Temporal.PlainDate
  readonly payableOn: Temporal.PlainDate
  /** Dollars a share. */
  readonly cashMicro: PriceMicro
  /** `newRateMicro` shares come for `oldRateMicro`, both in millionths. */
  readonly oldRateMicro: bigint
  readonly newRateMicro: bigint
}

export const ONE_MICRO = 1_000_000n

export type CorporateActionRejection =
  | 'action_asset_unsuitable'
  | 'action_dates_out_of_order'
  | 'action_not_found'
  | 'action_rates_unsuitable'
  | 'split_taken'

export class CorporateActionRejected extends DomainError<CorporateActionRejection> {
  override readonly name = 'CorporateActionRejected'
}
