import type { Transfer } from '@paddock/platform-wire'
import { transferWord } from '../../api/state-words.ts'
import { dateInWords, dateTimeInWords } from '../../ui/time.ts'

interface Step {
  name: string
  when?: string
  note?: string
  state: 'done' | 'current' | 'ahead' | 'failed'
}

/** How far along the way from request to settlement each wire state is. */
const progress: Readonly<Record<string, number>> = {
  UNKNOWN: 0,
  QUEUED: 1,
  APPROVAL_PENDING: 1,
  PENDING: 1,
  APPROVED: 2,
  SENT_TO_CLEARING: 2,
  COMPLETE: 4,
  SETTLED: 4,
}

/** The way of one transfer: what has happened, where it is, what is expected when. */
export function transferSteps(transfer: Transfer): Step[] {
  const requested: Step = { name: 'Requested', when: dateTimeInWords(transfer.requested_at), state: 'done' }
  const reached = progress[transfer.status]
  if (reached === undefined) {
    return [
      requested,
      {
        name: transferWord(transfer.status).word,
        when: dateTimeInWords(transfer.updated_at),
        state: 'failed',
        ...(transfer.reason === null ? {} : { note: transfer.reason }),
      },
    ]
  }
  const isDeposit = transfer.direction === 'INCOMING'
  const names = [
    'Accepted by the broker',
    isDeposit ? 'Sent to your bank' : 'On its way to your bank',
    isDeposit ? 'Settled: in your account' : 'Settled: at your bank',
  ]
  const ahead = names.map((name, index): Step => {
    const state = reached > index ? 'done' : reached === index ? 'current' : 'ahead'
    const isLast = index === names.length - 1
    return { name, state, ...whenOf(transfer, isLast, state) }
  })
  return [requested, ...ahead]
}

function whenOf(transfer: Transfer, isLast: boolean, state: Step['state']): { when?: string } {
  if (!isLast) return {}
  if (state === 'done') return { when: dateTimeInWords(transfer.updated_at) }
  return transfer.expected_on === null ? {} : { when: `Expected ${dateInWords(transfer.expected_on)}` }
}
