import { AchDrop, type Acknowledgement, acknowledgementName } from '@paddock/ach-drop'
import {
  type AchFile,
  answerBatch,
  type BatchPlan,
  correctionEntry,
  readAchFile,
  readEntryFacts,
  returnEntry,
  writeAchFile,
} from '@paddock/nacha'
import type { BrokerConfig } from '../src/config.ts'
import { brokerWorld } from './broker-world.ts'

/** What the bank at the other end answers to one of our entries. */
export type BankAnswer = {
  /** The amount or the reference of the entry in words: whichever entry has it. */
  readonly individualId: string
  readonly code: string
  readonly correctedData?: string
  readonly information?: string
  /** The day of the year on which the answer settles; by default the one on which the entry did. */
  readonly settlementDay?: string
}

const RDFI = '12100035'

/** A broker, and in the test's hands what its bank does: takes files out of the drop and puts answers in. */
export async function achWorld(change: Partial<BrokerConfig> = {}) {
  const world = await brokerWorld(change)
  const { folder, fileKeys } = world.config.ach
  const drop = await AchDrop.open({ folder, keys: fileKeys })
  let answers = 0

  /** Every file that was ever sent, oldest first, as the strict reader sees it. */
  async function sent(): Promise<{ name: string; text: string; file: AchFile }[]> {
    const files = []
    for (const name of await drop.outbound.list()) {
      const text = (await drop.outbound.read(name)).toString('ascii')
      const { valid, file, findings } = readAchFile(text, { mode: 'strict' })
      if (!valid) throw new Error(JSON.stringify(findings))
      files.push({ name, text, file })
    }
    return files
  }

  async function entries() {
    return (await sent()).flatMap(({ file }) =>
      file.batches.flatMap(({ header, entries: some }) =>
        some.flatMap((entry) =>
          header === undefined ? [] : [{ header, entry, ...readEntryFacts(header, entry) }],
        ),
      ),
    )
  }

  async function answerBatchFor(answer: BankAnswer): Promise<BatchPlan> {
    const found = (await entries()).findLast(
      ({ individualId }) => individualId.trim() === answer.individualId,
    )
    if (found === undefined) throw new Error(`no entry ${answer.individualId}`)
    answers += 1
    const identity = {
      routingNumber: '076543216',
      odfi: RDFI,
      traceNumber: RDFI + String(answers).padStart(7, '0'),
    }
    const { code, correctedData, information } = answer
    const isCorrection = correctedData !== undefined
    return {
      ...answerBatch(found.header, {
        odfi: RDFI,
        settlementDay: answer.settlementDay ?? dayOfYear(found.header.effectiveDate),
        isCorrection,
      }),
      entries: [
        isCorrection
          ? correctionEntry(found.header, found.entry, { ...identity, code, correctedData })
          : returnEntry(found.header, found.entry, {
              ...identity,
              code,
              ...(information === undefined ? {} : { information }),
            }),
      ],
    }
  }

  const fileOf = (batches: readonly BatchPlan[]): string => {
    const wall = world.clock.now().toZonedDateTimeISO('America/New_York')
    answers += 1
    return writeAchFile({
      header: {
        immediateDestination: ' 076543216',
        immediateOrigin: ' 012345672',
        creationDate: wall.toPlainDate().toString().slice(2).replaceAll('-', ''),
        creationTime: `${wall.hour}`.padStart(2, '0') + `${wall.minute}`.padStart(2, '0'),
        fileIdModifier: 'A',
        referenceCode: `T${answers}`,
      },
      batches,
    }).text
  }

  async function deliver(name: string, text: string): Promise<void> {
    await drop.inbound.put(name, Buffer.from(text, 'latin1'))
    await world.must(world.call('POST', '/_sim/ach/read', {}))
  }

  async function fileWith(...told: readonly BankAnswer[]): Promise<string> {
    const batches = []
    for (const one of told) batches.push(await answerBatchFor(one))
    return fileOf(batches)
  }

  /** The file of answers as the bank writes it, put into the drop and read. */
  async function answer(...told: readonly BankAnswer[]): Promise<void> {
    const text = await fileWith(...told)
    await deliver(`RET_${answers}.ach`, text)
  }

  async function acknowledge(name: string, change: Partial<Acknowledgement> = {}): Promise<void> {
    const [found] = (await sent()).filter((one) => one.name === name)
    const totals = readAchFile(found?.text ?? '', { mode: 'strict' }).totals
    const told: Acknowledgement = {
      kind: 'acknowledgement',
      file: name,
      reference: found?.file.header?.referenceCode.trim() ?? '',
      received_at: world.clock.now().toString(),
      status: 'accepted',
      findings: [],
      batches: totals.batches,
      entries: totals.entries,
      debits_minor: String(totals.debitMinor),
      credits_minor: String(totals.creditMinor),
      ...change,
    }
    await deliver(acknowledgementName(name), JSON.stringify(told))
  }

  const ops = async (path: string) => await world.must(world.call('GET', `/_ops/ach/${path}`))

  return {
    ...world,
    drop,
    sent,
    entries,
    fileWith,
    deliver,
    answer,
    acknowledge,
    ops,
    /** What operators were warned of about files and answers, newest first. */
    async alarms() {
      const all = await ops('alarms')
      return all.filter(({ kind }: { kind: string }) => kind.startsWith('ach_'))
    },
    /** Our reference of the only entry of a transfer. */
    async referenceOf(transferId: string): Promise<string> {
      const row = await world.db
        .selectFrom('ach_entries')
        .select('individual_id')
        .where('transfer_id', '=', transferId)
        .executeTakeFirstOrThrow()
      return row.individual_id
    },
    async transferOf(accountId: string, id: string) {
      const all = await world.transfers(accountId)
      return all.find((one: { id: string }) => one.id === id)
    },
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]()
    },
  }
}

export type AchWorld = Awaited<ReturnType<typeof achWorld>>

/** As banks write settlement days: the day of the year of a day in short form, such as 261124. */
export function dayOfYear(shortDate: string): string {
  const day = Temporal.PlainDate.from(`20${shortDate.replace(/(..)(..)(..)/, '$1-$2-$3')}`)
  return String(day.dayOfYear).padStart(3, '0')
}
