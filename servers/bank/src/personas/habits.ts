import { assert } from '@paddock/kernel'
import type { Method, Rhythm, Role, Routine } from '../living/routine.ts'
import { findMerchant } from '../merchants/catalog.ts'

export const monthly = (day: number): Rhythm => ({ kind: 'monthly', day })
export const often = (times: number): Rhythm => ({ kind: 'often', times })
export const weekly = (weekday: number, weeks: 1 | 2 = 1): Rhythm => ({ kind: 'weekly', weeks, weekday })
export const yearly = (month: number, day: number): Rhythm => ({ kind: 'yearly', month, day })

type More = Partial<Pick<Routine, 'text' | 'category' | 'rise' | 'refundedOneIn'>>

/** `from` and `to` are what is paid. */
export function pays(
  merchantId: string,
  role: Role,
  method: Method,
  rhythm: Rhythm,
  [from, to = from]: [bigint, bigint?],
  more: More = {},
): Routine {
  const merchant = findMerchant(merchantId)
  assert(merchant !== undefined, 'a routine pays a merchant of the catalog')
  return {
    id: merchantId,
    role,
    merchantId,
    category: merchant.category,
    method,
    rhythm,
    fromMinor: -to,
    toMinor: -from,
    ...more,
  }
}

export function earns(
  merchantId: string,
  rhythm: Rhythm,
  [from, to = from]: [bigint, bigint?],
  more: More = {},
): Routine {
  const paid = pays(merchantId, 'checking', 'ach', rhythm, [from, to], more)
  return { ...paid, fromMinor: from, toMinor: to }
}

export const cash = (times: number, most: bigint): Routine => ({
  id: 'cash',
  role: 'checking',
  merchantId: null,
  text: 'ATM WITHDRAWAL',
  category: 'TRANSFER_OUT_WITHDRAWAL',
  method: 'atm',
  rhythm: often(times),
  fromMinor: -most,
  toMinor: -20_00n,
})

export const subscriptions = (role: Role): Routine[] => [
  pays('songbird', role, 'online', monthly(9), [10_99n]),
  pays('reelhouse', role, 'online', monthly(14), [13_99n], { rise: { afterMonths: 19, minor: 15_99n } }),
]
export const errands = (role: Role, groceries: number): Routine[] => [
  pays('fennel', role, 'in_store', often(groceries), [22_00n, 88_00n]),
  pays('heron', role, 'in_store', often(7), [3_75n, 9_40n]),
  pays('pelican', role, 'in_store', often(3), [8_20n, 19_80n]),
  pays('marsh', role, 'in_store', often(1), [6_00n, 42_00n]),
  pays('tern', role, 'online', often(2), [14_00n, 76_00n], { refundedOneIn: 8 }),
]
export const home = (rent: bigint): Routine[] => [
  pays('alder', 'checking', 'ach', monthly(1), [rent]),
  pays('power', 'checking', 'ach', monthly(11), [58_00n, 124_00n]),
  pays('fiber', 'checking', 'ach', monthly(17), [64_99n]),
  pays('kestrel', 'checking', 'ach', monthly(20), [45_00n]),
]

export const common = { overdraftFeeMinor: 0n, isAlive: true, months: 24 }
export const three = { checking: 0, savings: 1, card: 2 }
