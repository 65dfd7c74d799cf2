import path from 'node:path'
import { type BrokerConfig, readTimetables } from '@paddock/broker'
import type { Secrets } from './secrets.ts'
import { dataDirOf, type Settings } from './settings.ts'

/** The drop that broker and bank share, and the keys that seal what lies in it. */
export const achDropOf = (settings: Settings, secrets: Secrets) => ({
  folder: path.resolve(settings.PADDOCK_ACH_DROP ?? path.join(dataDirOf(settings), 'ach')),
  fileKeys: settings.PADDOCK_ACH_FILE_KEY ?? [Buffer.from(secrets.ach_file_key, 'base64')],
})

/** How the broker sends transfers; what is not set is as the broker does it by itself. */
export function achOf(settings: Settings, secrets: Secrets): BrokerConfig['ach'] {
  return {
    ...achDropOf(settings, secrets),
    timetables: readTimetables({
      cutoffs: settings.PADDOCK_ACH_CUTOFFS,
      windows: settings.PADDOCK_ACH_WINDOWS,
      sameDayLimitMinor: settings.PADDOCK_ACH_SAME_DAY_LIMIT_USD,
    }),
    sameDay: settings.PADDOCK_ACH_SAME_DAY,
    proof: settings.PADDOCK_ACH_TYPED_NUMBERS,
  }
}
