import type { Me } from '@paddock/platform-wire'
import { isReadyAccount } from '../../api/state-words.ts'
import { Timeline, type TimelineStep } from '../../ui/Timeline.tsx'

/** Submitted → identity check → ready, or where it stopped. */
export function applicationSteps(status: string): TimelineStep[] {
  const isReady = isReadyAccount(status)
  const isOver = ['REJECTED', 'DISABLED', 'ACCOUNT_CLOSED'].includes(status)
  const needsMore = status === 'ACTION_REQUIRED'
  const isPast = isReady || status === 'APPROVED'
  const check: TimelineStep['state'] = isOver ? 'failed' : isPast ? 'done' : 'current'
  return [
    { name: 'Application received', state: 'done' },
    {
      name: 'Identity check',
      state: check,
      ...(needsMore ? { note: 'Something is missing. You get a message that says what to send.' } : {}),
      ...(check === 'current' && !needsMore ? { note: 'Usually a few seconds in the simulation.' } : {}),
    },
    { name: 'Ready to invest', state: isReady ? 'done' : status === 'APPROVED' ? 'current' : 'ahead' },
  ]
}

export function ApplicationTimeline({ account }: { account: NonNullable<Me['account']> }) {
  return <Timeline steps={applicationSteps(account.status)} />
}
