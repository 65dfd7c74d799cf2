import { AchDrop, SealedFile, simulatedAgreement } from '@paddock/ach-drop'
import type { AchConfig, NumbersProof, SameDay } from '../config.ts'
import type { AchStep } from './steps.ts'
import { type AchTimetable, defaultTimetable } from './timetable.ts'

/** What everybody needs who writes or reads ACH files. */
export type AchDesk = {
  readonly drop: AchDrop
  /** Seals what the database keeps of files. */
  readonly sealed: SealedFile
  readonly agreement: typeof simulatedAgreement
  readonly timetables: readonly AchTimetable[]
  readonly sameDay: SameDay
  readonly proof: NumbersProof
  readonly onStep: (step: AchStep) => void
}

export async function openAchDesk(config: AchConfig): Promise<AchDesk> {
  const { folder, fileKeys: keys, onStep = () => undefined } = config
  return {
    drop: await AchDrop.open({ folder, keys, onStep: (step) => onStep(`drop:${step}`) }),
    sealed: new SealedFile(keys),
    agreement: config.agreement ?? simulatedAgreement,
    timetables: config.timetables ?? [defaultTimetable],
    sameDay: config.sameDay ?? 'never',
    proof: config.proof ?? 'trusted',
    onStep,
  }
}
