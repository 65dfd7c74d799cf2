import type { TransferTerms } from '@paddock/platform-wire'
import { Facts } from '../../ui/Facts.tsx'
import { usdInWords } from '../../ui/figures.ts'
import { dateInWords, dateTimeInWords } from '../../ui/time.ts'
import type { MoveDirection } from './why-not.ts'

/** The exact dates of a transfer that is asked for now. */
export function TermsFacts({ direction, terms }: { direction: MoveDirection; terms: TransferTerms }) {
  if (direction === 'deposit') {
    const { cutoff_at, settles_on, withdrawable_on, left_today } = terms.deposit
    return (
      <Facts
        facts={[
          { name: 'Sent to your bank', value: dateTimeInWords(cutoff_at) },
          { name: 'In your account, ready to invest', value: dateInWords(settles_on) },
          { name: 'Can be withdrawn again', value: dateInWords(withdrawable_on) },
          { name: 'Limit left today', value: usdInWords(left_today) },
        ]}
      />
    )
  }
  const { cutoff_at, settles_on, left_today, available } = terms.withdrawal
  return (
    <Facts
      facts={[
        { name: 'Sent to your bank', value: dateTimeInWords(cutoff_at) },
        { name: 'At your bank', value: dateInWords(settles_on) },
        { name: 'Can be withdrawn now', value: usdInWords(available) },
        { name: 'Limit left today', value: usdInWords(left_today) },
      ]}
    />
  )
}
