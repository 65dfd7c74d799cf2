import { achSchedule } from '@paddock/calendar'
import type { Transfer as TransferBody } from '@paddock/platform-wire'
import type { Transfer } from '../broker/client.ts'
import type { TransferAsked } from '../broker/submit-transfer.ts'
import { showUsd } from '../decimal.ts'
import type { Intent, Outcome } from '../intents/intent.ts'

const CANCELABLE: readonly string[] = ['QUEUED', 'APPROVAL_PENDING', 'APPROVED', 'PENDING']
const UNDER_WAY: readonly string[] = [...CANCELABLE, 'SENT_TO_CLEARING']

export function presentOutcome(outcome: Outcome<Transfer>): TransferBody {
  return outcome.state === 'accepted'
    ? presentTransfer(outcome.body, outcome.intent.id)
    : presentIntent(outcome.intent)
}

/** A transfer that the broker has; its own id stands in for that of an intent when it was not asked for here. */
export function presentTransfer(transfer: Transfer, intentId: string = transfer.id): TransferBody {
  return {
    id: intentId,
    broker_transfer_id: transfer.id,
    direction: transfer.direction === 'OUTGOING' ? 'OUTGOING' : 'INCOMING',
    amount: showUsd(transfer.amount),
    status: transfer.status,
    reason: transfer.reason ?? null,
    requested_at: transfer.created_at,
    updated_at: transfer.updated_at ?? transfer.created_at,
    expected_on: UNDER_WAY.includes(transfer.status) ? settlesOn(transfer) : null,
    can_cancel: CANCELABLE.includes(transfer.status),
  }
}

/** A transfer that the broker does not have, or not to our knowledge. */
export function presentIntent(intent: Intent): TransferBody {
  const { direction, amount } = intent.request as TransferAsked
  return {
    id: intent.id,
    broker_transfer_id: null,
    direction,
    amount,
    status: intent.state === 'refused' ? 'REFUSED' : 'UNKNOWN',
    reason: intent.refusal?.message ?? null,
    requested_at: intent.askedAt.toString(),
    updated_at: intent.askedAt.toString(),
    expected_on: null,
    can_cancel: false,
  }
}

/** Our broker tells the day; at the vendor the bank calendar does. */
function settlesOn({ settles_on: told, created_at: createdAt }: Transfer): string {
  return told ?? achSchedule(Temporal.Instant.from(createdAt)).settlesOn.toString()
}
