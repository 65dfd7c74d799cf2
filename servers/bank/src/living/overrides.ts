import { newYorkInstant } from '@paddock/calendar'
import { recognizeMerchant } from '../merchants/catalog.ts'
import type { Life } from './life-store.ts'
import { bookedOn } from './plan-life.ts'
import type { Planned } from './routine.ts'

const MORNING = Temporal.PlainTime.from('05:00')

/** What a custom user's JSON wrote down; dated ahead it is pending until that day. */
export function planOverrides({ overrides }: Life): Planned[] {
  return overrides.map((one, index) => {
    const amountMinor = BigInt(one.amountMinor)
    const authorizedOn = Temporal.PlainDate.from(one.authorizedOn)
    const merchant = recognizeMerchant(one.name)
    return {
      id: `override.${index}`,
      position: one.position,
      merchantId: merchant?.id ?? null,
      name: one.name,
      category: merchant?.category ?? (amountMinor > 0n ? 'INCOME_OTHER' : 'OTHER_OTHER'),
      confidence: merchant === undefined ? 'LOW' : 'VERY_HIGH',
      method: 'manual',
      amountMinor,
      heldMinor: amountMinor,
      authorizedOn,
      shownAt: newYorkInstant(authorizedOn, MORNING),
      postedAt: bookedOn(Temporal.PlainDate.from(one.postedOn)),
      isDropped: false,
      learnedAt: null,
    }
  })
}
