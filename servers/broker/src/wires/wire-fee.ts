import type { UsdMinor } from '@paddock/money'

/** What one outgoing wire costs. The vendor's own fee is a matter of contract (contracts/alpaca/transfers.md §5). */
export const WIRE_FEE_MINOR = 25_00n as UsdMinor

/** `user`: out of what was asked for. `invoice`: the firm pays it. */
export type FeePaymentMethod = 'user' | 'invoice'

export type WireAmounts = {
  /** What arrives at the other bank. */
  readonly amountMinor: UsdMinor
  /** What the customer pays beside it. */
  readonly feeMinor: UsdMinor
  /** What the firm pays instead. */
  readonly billedFeeMinor: UsdMinor
}

/** Splits what was asked for into what arrives and the fee; nothing arrives when the fee eats it all. */
export function splitWire(requestedMinor: UsdMinor, method: FeePaymentMethod): WireAmounts {
  return method === 'user'
    ? {
        amountMinor: (requestedMinor - WIRE_FEE_MINOR) as UsdMinor,
        feeMinor: WIRE_FEE_MINOR,
        billedFeeMinor: 0n as UsdMinor,
      }
    : { amountMinor: requestedMinor, feeMinor: 0n as UsdMinor, billedFeeMinor: WIRE_FEE_MINOR }
}
