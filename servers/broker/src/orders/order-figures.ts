import { parsePrice, parseQuantity, parseUsd, type QuantityNano, type UsdMinor } from '@paddock/money'
import { type Amount, type Commission, OrderRejected, type OrderRejection } from './order.ts'

type AmountAsked = { readonly quantity?: string | undefined; readonly notional?: string | undefined }

type CommissionAsked = {
  readonly commission?: string | undefined
  readonly commissionType?: Commission['type'] | undefined
}

const NO_COMMISSION: Commission = { type: 'notional', rateMinor: 0n as UsdMinor }

export function readAmount({ quantity, notional }: AmountAsked): Amount {
  if (quantity !== undefined && notional !== undefined) throw new OrderRejected('quantity_and_notional')
  if (quantity !== undefined) return { kind: 'quantity', quantityNano: readQuantity(quantity) }
  if (notional === undefined) throw new OrderRejected('quantity_or_notional_required')
  const notionalMinor = readPositive(notional, parseUsd, 'notional_not_positive', 'notional_not_exact')
  return { kind: 'notional', notionalMinor }
}

export function readQuantity(text: string): QuantityNano {
  return readPositive(text, parseQuantity, 'quantity_not_positive', 'quantity_not_exact')
}

function readPositive<Value extends bigint>(
  text: string,
  parse: (text: string) => Value | undefined,
  notPositive: OrderRejection,
  notExact: OrderRejection,
): Value {
  if (isNotPositive(text)) throw new OrderRejected(notPositive)
  const value = parse(text)
  if (value === undefined) throw new OrderRejected(notExact)
  return value
}

export const isNotPositive = (text: string): boolean => text === '0' || text.startsWith('-')

/** Dollars for the order with two decimals, dollars a share with six, or basis points with two. */
export function readCommission({ commission, commissionType = 'notional' }: CommissionAsked): Commission {
  if (commission === undefined || commission === '0') return NO_COMMISSION
  if (commission.startsWith('-')) throw new OrderRejected('commission_negative')
  const read = commissionOf(commission, commissionType)
  if (read === undefined) throw new OrderRejected('commission_not_exact', { commissionType })
  return read
}

function commissionOf(text: string, type: Commission['type']): Commission | undefined {
  if (type === 'qty') {
    const rateMicro = parsePrice(text)
    return rateMicro && { type, rateMicro }
  }
  // Two decimals, as dollars have them: a hundredth of a basis point is a millionth.
  const hundredths = parseUsd(text)
  if (hundredths === undefined) return undefined
  return type === 'bps' ? { type, ratePpm: hundredths } : { type, rateMinor: hundredths }
}
