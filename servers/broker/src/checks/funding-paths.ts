import { type Check, checkByQuery } from '@paddock/ledger'
import { sql } from 'kysely'

/** From one status to the next, for each family of events. An empty word stands for the beginning. */
const paths: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  transfer: {
    '': ['QUEUED'],
    QUEUED: [
      'APPROVAL_PENDING',
      'APPROVED',
      'PENDING',
      'SENT_TO_CLEARING',
      'CANCELED',
      'REJECTED',
      'EXPIRED',
    ],
    APPROVAL_PENDING: ['APPROVED', 'CANCELED', 'REJECTED', 'EXPIRED'],
    APPROVED: ['SENT_TO_CLEARING', 'CANCELED', 'REJECTED', 'EXPIRED'],
    PENDING: ['SENT_TO_CLEARING', 'CANCELED'],
    // Back to the queue: the bank refused the file.
    SENT_TO_CLEARING: ['COMPLETE', 'RETURNED', 'QUEUED'],
    COMPLETE: ['RETURNED'],
  },
  bank_relationship: {
    '': ['QUEUED'],
    QUEUED: ['PENDING', 'APPROVED', 'REJECTED', 'CANCELED'],
    PENDING: ['APPROVED', 'REJECTED', 'CANCELED'],
    // Straight to CANCELED: as it was told before the clearing house was asked.
    APPROVED: ['CANCEL_REQUESTED', 'CANCELED'],
    CANCEL_REQUESTED: ['CANCEL_SENT'],
    CANCEL_SENT: ['CANCELED', 'CANCEL_FAILED'],
    CANCEL_FAILED: ['CANCEL_REQUESTED'],
  },
  wire_bank: {
    '': ['QUEUED'],
    QUEUED: ['SENT_TO_CLEARING', 'CANCELED'],
    SENT_TO_CLEARING: ['APPROVED', 'REJECTED', 'CANCELED'],
    APPROVED: ['CANCELED'],
  },
}

const allowed = sql.join(
  Object.entries(paths).flatMap(([stream, steps]) =>
    Object.entries(steps).flatMap(([from, ends]) => ends.map((to) => sql`(${stream}, ${from}, ${to})`)),
  ),
)

/** What was told of money and of its banks is a way that they may go. */
export const fundingPaths: Check = checkByQuery(
  'I14',
  'the events of every transfer, relationship and recipient bank are a path of its statuses',
  sql`
    with told as (
      select stream, entity_id, coalesce(status_from, '') as status_from, status_to,
        lag(status_to, 1, '') over (partition by stream, entity_id order by id) as before
      from events where stream in ('transfer', 'bank_relationship', 'wire_bank')
    ), allowed (stream, status_from, status_to) as (values ${allowed})
    select format('%s %s went from %s to %s after %s', stream, entity_id, status_from, told.status_to, before)
      as violation
    from told left join allowed using (stream, status_from, status_to)
    where allowed.stream is null or status_from <> before`,
)
