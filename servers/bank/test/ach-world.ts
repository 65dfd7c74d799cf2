import { AchDrop, Acknowledgement, BankStatement, simulatedAgreement } from '@paddock/ach-drop'
import {
  type AchFact,
  type BatchPlan,
  type EntryPlan,
  factsOf,
  readAchFile,
  writeAchFile,
} from '@paddock/nacha'
import { freshFolder } from '@paddock/pg-test'
import type { Products } from 'plaid'
import { type Answer, bankWith } from './bank-with.ts'
import { linkedItem } from './linking.ts'

export const PLATYPUS_ROUTING = '011401533'
/** The number of `user_good`'s checking account. */
export const CHECKING = '1111222233330000'

const fileKeys = [Buffer.alloc(32, 5)]
let traces = 1_000

/** A deposit of 25.00 from `user_good`'s checking account, but for what is said. */
export function debit(change: Partial<EntryPlan> = {}): EntryPlan {
  traces += 1
  return {
    transactionCode: '27',
    routingNumber: PLATYPUS_ROUTING,
    accountNumber: CHECKING,
    amountMinor: 25_00n,
    individualId: `DEP${traces}`,
    individualName: 'NORA QUILL',
    paymentType: 'S',
    traceNumber: `07654321${String(traces).padStart(7, '0')}`,
    ...change,
  }
}

export const credit = (change: Partial<EntryPlan> = {}): EntryPlan => {
  const { paymentType: _, ...entry } = debit({ transactionCode: '22', ...change })
  return entry
}

/** A batch of what is given, WEB for debits and PPD for credits; effective on the next banking day. */
export function batch(entries: EntryPlan[], change: Partial<BatchPlan> = {}): BatchPlan {
  const isDebit = '56789'.includes(entries[0]?.transactionCode[1] ?? '')
  return {
    secCode: isDebit ? 'WEB' : 'PPD',
    companyName: simulatedAgreement.companyName,
    companyId: simulatedAgreement.companyId,
    ...(change.purpose === undefined ? { entryDescription: isDebit ? 'DEPOSIT' : 'WITHDRAWAL' } : {}),
    effectiveDate: '261123',
    odfi: simulatedAgreement.destination.slice(0, 8),
    entries,
    ...change,
  }
}

/** A bank that is the operator of a firm, whose side the test plays: on Friday, 20 November 2026, 10:00 in New York. */
export async function achWorld() {
  const place = await freshFolder()
  const root = place.path
  const bank = await bankWith({ ach: { folder: root, fileKeys } })
  const drop = await AchDrop.open({ folder: root, keys: fileKeys })
  let sent = 0

  const text = (batches: BatchPlan[], header: object = {}) => {
    sent += 1
    return writeAchFile({
      header: {
        immediateDestination: ` ${simulatedAgreement.destination}`,
        immediateOrigin: simulatedAgreement.origin,
        creationDate: '261120',
        creationTime: '1000',
        fileIdModifier: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[sent - 1] ?? '0',
        destinationName: simulatedAgreement.destinationName,
        originName: simulatedAgreement.originName,
        referenceCode: `PDK${sent}`,
        ...header,
      },
      batches,
    }).text
  }

  const read = async (name: string) => (await drop.inbound.find(name))?.toString('utf8')
  const names = async (prefix: string) =>
    (await drop.inbound.list()).filter((name) => name.startsWith(prefix))

  return {
    ...bank,
    bank,
    drop,
    folder: root,
    text,
    /** Puts a file with these batches into the drop and answers its name. */
    async send(...batches: BatchPlan[]): Promise<string> {
      const body = text(batches)
      const name = `PDK${sent}.ach`
      await drop.outbound.put(name, Buffer.from(body))
      return name
    },
    sendText: (name: string, body: string) => drop.outbound.put(name, Buffer.from(body)),
    /** Moves the world to this wall time in New York. */
    until: (time: string) =>
      bank.clock.advanceTo(Temporal.PlainDateTime.from(time).toZonedDateTime('America/New_York').toInstant()),
    names,
    read,
    async acknowledgement(file: string) {
      const body = await read(`ACK_${file}.json`)
      return body === undefined ? undefined : Acknowledgement.parse(JSON.parse(body))
    },
    async statement(day: string) {
      const body = await read(`STMT_${day}.json`)
      return body === undefined ? undefined : BankStatement.parse(JSON.parse(body))
    },
    /** All facts of the return and change files that are there, by the strict reader. */
    async answers(mode: 'strict' | 'tolerant' = 'strict'): Promise<AchFact[]> {
      const files = [...(await names('RET')), ...(await names('NOC'))]
      const facts: AchFact[] = []
      for (const name of files) {
        const reading = readAchFile((await read(name)) ?? '', { mode })
        const errors = reading.findings.filter(({ severity }) => severity === 'error')
        if (mode === 'strict' && errors.length > 0) throw new Error(`${name}: ${JSON.stringify(errors)}`)
        facts.push(...factsOf(reading.file))
      }
      return facts
    },
    get: (path: string) => getJson(`${bank.url}${path}`),
    /** The account behind a number, with its entries. */
    async account(routing_number = PLATYPUS_ROUTING, account_number = CHECKING) {
      const { body } = await bank.post('/_sim/bank-accounts/find', { routing_number, account_number })
      return body as { id: string; balance: string; entries: Record<string, string>[] } & Answer['body']
    },
    outcome: (body: object) => bank.post('/_sim/ach/outcomes', body),
    link: (products?: Products[]) => linkedItem(bank.client, products),
    async [Symbol.asyncDispose]() {
      await bank[Symbol.asyncDispose]()
      await place[Symbol.asyncDispose]()
    },
  }
}

async function getJson(url: string): Promise<Answer['body']> {
  const response = await fetch(url)
  return (await response.json()) as Answer['body']
}
