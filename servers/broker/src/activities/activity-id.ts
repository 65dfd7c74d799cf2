import { NEW_YORK } from '@paddock/calendar'
import { DomainError } from '@paddock/kernel'
import type { Db } from '../db/database.ts'
import type { Activity } from './activity.ts'
import { findPlace, type Place } from './activity-store.ts'

export type ActivityRejection = 'activity_token_invalid'

export class ActivityRejected extends DomainError<ActivityRejection> {
  override readonly name = 'ActivityRejected'
}

/** A line's name outside: the wall time of New York to the millisecond, then its own id. */
export function activityIdOf({ at, id }: Pick<Activity, 'at' | 'id'>): string {
  const time = at.toZonedDateTimeISO(NEW_YORK).toPlainDateTime()
  const digits = time.toString({ smallestUnit: 'millisecond', roundingMode: 'floor' }).replace(/\D/g, '')
  return `${digits}::${id}`
}

const TOKEN =
  /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})::([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i

/** The place of the line that a page ended with. One hour of the year is told twice in New York: then both are meant. */
export async function requirePlace(db: Db, token: string): Promise<Place> {
  const [, year, month, day, hour, minute, second, millisecond, id] = TOKEN.exec(token) ?? []
  if (id === undefined || year === '0000') throw new ActivityRejected('activity_token_invalid')
  const wall = readWallTime(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}`)
  const moments = (['earlier', 'later'] as const).map((disambiguation) => {
    const from = wall.toZonedDateTime(NEW_YORK, { disambiguation }).toInstant()
    return { from, until: from.add({ milliseconds: 1 }) }
  })
  const place = await findPlace(db, id.toLowerCase(), moments)
  if (place === undefined) throw new ActivityRejected('activity_token_invalid')
  return place
}

function readWallTime(text: string): Temporal.PlainDateTime {
  try {
    const wall = Temporal.PlainDateTime.from(text, { overflow: 'reject' })
    // An instant after the year 9999 is nothing that the database reads.
    if (wall.year <= 9998) return wall
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw new ActivityRejected('activity_token_invalid')
}
