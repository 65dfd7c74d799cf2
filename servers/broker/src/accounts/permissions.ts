import type { JsonObject } from '../db/schema.ts'
import type { LockedAccount } from './account-store.ts'

/** While changed personal data is reviewed an account may trade and be paid into, but nothing leaves it. */
const usable = ['ACTIVE', 'ACCOUNT_UPDATED']

export type Movement = 'INCOMING' | 'OUTGOING'

/** Whether transfers of this direction are open to the account: by its status, and by what the broker blocked. */
export function mayTransfer(account: LockedAccount, movement: Movement): boolean {
  const { status, restrictions } = account
  if (restrictions.accountBlocked || restrictions.transfersBlocked) return false
  const { adminConfigurations: admin } = restrictions
  if (movement === 'OUTGOING') return status === 'ACTIVE' && admin.outgoing_transfers_blocked !== true
  return usable.includes(status) && admin.incoming_transfers_blocked !== true
}

export type TradingRefusal =
  | 'account_not_active'
  | 'crypto_not_active'
  | 'fractional_trading_disabled'
  | 'liquidation_only'
  | 'trading_blocked'
  | 'trading_suspended_by_user'

export type TradeFacts = {
  readonly side: 'buy' | 'sell'
  readonly isCrypto: boolean
  readonly isFractional: boolean
}

/** Why the account may not place such an order, if it may not. */
export function tradingRefusal(account: LockedAccount, trade: TradeFacts): TradingRefusal | undefined {
  const { status, cryptoStatus, restrictions, tradingConfigurations: own = {} } = account
  const { adminConfigurations: admin } = restrictions
  if (!usable.includes(status)) return 'account_not_active'
  if (restrictions.accountBlocked || restrictions.tradingBlocked) return 'trading_blocked'
  if (own.suspend_trade === true) return 'trading_suspended_by_user'
  if (trade.side === 'buy' && isLiquidationOnly(admin)) return 'liquidation_only'
  if (trade.isCrypto) {
    return cryptoStatus === 'ACTIVE' && admin.disable_crypto !== true ? undefined : 'crypto_not_active'
  }
  const hasNoFractions = own.fractional_trading === false || admin.disable_fractional === true
  // Whoever holds a fraction may always sell it.
  if (hasNoFractions && trade.isFractional && trade.side === 'buy') return 'fractional_trading_disabled'
  return undefined
}

/** An account whose deposit was taken back, for instance, may only sell. */
function isLiquidationOnly(adminConfigurations: JsonObject): boolean {
  return Object.values(Object(adminConfigurations.restrict_to_liquidation_reasons)).includes(true)
}
