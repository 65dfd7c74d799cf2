import type { PlatformContext } from '../context.ts'
import type { Email } from './email.ts'
import { IdentityRefused } from './identity-refused.ts'
import { secretHash } from './secret.ts'

/** Wrong passwords for one account from one address before it has to wait. */
const FREE_TRIES = 10
const FIRST_WAIT_SECONDS = 30
const LONGEST_WAIT_SECONDS = 3_600
/** After a quiet day all is forgotten. */
const MEMORY_HOURS = 24
const LONG_AGO = Temporal.Instant.fromEpochMilliseconds(0)

/** An e-mail and an address: the owner elsewhere is not locked out by somebody who guesses here. */
export function throttleSubject(email: Email, address: string): string {
  return secretHash(`${email}|${address}`)
}

/**
 * Counts the try before it is made, so that a hundred at once cannot all be the tenth. Refuses while the
 * subject has to wait: 30 s after ten failures, twice as long after each further one, an hour at most.
 */
export async function countTry({ db, clock }: PlatformContext, subject: string): Promise<void> {
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('sign_in_failures')
      .values({ subject, failures: 0, last_failed_at: now, blocked_until: LONG_AGO })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const row = await tx
      .selectFrom('sign_in_failures')
      .select(['failures', 'last_failed_at', 'blocked_until'])
      .where('subject', '=', subject)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (Temporal.Instant.compare(row.blocked_until, now) > 0) throw new IdentityRefused('too_many_attempts')

    const isForgotten =
      Temporal.Instant.compare(row.last_failed_at, now.subtract({ hours: MEMORY_HOURS })) < 0
    const failures = isForgotten ? 1 : row.failures + 1
    await tx
      .updateTable('sign_in_failures')
      .set({ failures, last_failed_at: now, blocked_until: waitUntil(failures, now) })
      .where('subject', '=', subject)
      .execute()
  })
}

/** Forgets the failures: the right password was given. */
export async function forgetTries({ db }: PlatformContext, subject: string): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('subject', '=', subject).execute()
}

/** Not `now` when there is no wait: somebody who read the clock a moment earlier must not be refused by it. */
function waitUntil(failures: number, now: Temporal.Instant): Temporal.Instant {
  if (failures < FREE_TRIES) return LONG_AGO
  const seconds = FIRST_WAIT_SECONDS * 2 ** Math.min(failures - FREE_TRIES, 20)
  return now.add({ seconds: Math.min(seconds, LONGEST_WAIT_SECONDS) })
}
