import { Acknowledgement } from '@paddock/ach-drop'
import { NEW_YORK } from '@paddock/calendar'
import { formatUsd, type UsdMinor } from '@paddock/money'
import type { Selectable } from 'kysely'
import type { DB } from '../db/schema.ts'
import { readInboundTexts } from './inbound-text.ts'
import { type Compared, type Found, type ReconciliationCheck, WINDOW_DAYS } from './reconciliation.ts'

type FileRow = Pick<
  Selectable<DB['ach_files']>,
  | 'name'
  | 'status'
  | 'created_on'
  | 'answer_due_at'
  | 'batches'
  | 'entries'
  | 'debits_minor'
  | 'credits_minor'
>

/** Every file that was sent is answered, and the bank counts in it what we do. */
export const acknowledgementsCheck: ReconciliationCheck = {
  name: 'acknowledgements',
  async compare(ctx, db, day): Promise<Compared> {
    const since = day.subtract({ days: WINDOW_DAYS })
    const files = await db
      .selectFrom('ach_files')
      .select([
        'name',
        'status',
        'created_on',
        'answer_due_at',
        'batches',
        'entries',
        'debits_minor',
        'credits_minor',
      ])
      .where('created_on', '>', since)
      .orderBy('sealed_at')
      .orderBy('id')
      .execute()
    const start = since.toZonedDateTime(NEW_YORK).toInstant()
    const texts = await readInboundTexts(ctx, db, 'ACKNOWLEDGEMENT', start)
    const told = new Map(
      texts.flatMap(({ text }) => {
        const read = Acknowledgement.safeParse(JSON.parse(text))
        return read.success ? [[read.data.file, read.data] as const] : []
      }),
    )
    const now = ctx.clock.now()
    return { compared: files.length, found: files.flatMap((file) => judge(file, told.get(file.name), now)) }
  },
}

function judge(file: FileRow, ack: Acknowledgement | undefined, now: Temporal.Instant): Found[] {
  const common = { subject: file.name, since: file.created_on }
  if (file.status === 'SEALED' || file.status === 'SENT') {
    if (Temporal.Instant.compare(file.answer_due_at, now) > 0) return []
    return [
      {
        ...common,
        kind: 'file_unanswered',
        amountMinor: file.debits_minor - file.credits_minor,
        facts: { file: file.name, status: file.status, answer_due_at: file.answer_due_at.toString() },
        guess:
          file.status === 'SEALED'
            ? 'the file never reached the drop'
            : 'the bank has not picked the file up, or its answer got lost',
      },
    ]
  }
  if (file.status === 'REJECTED') return []
  if (ack === undefined) {
    const facts = { file: file.name, status: file.status }
    const guess = 'somebody marked the file by hand'
    return [{ ...common, kind: 'acknowledgement_missing', amountMinor: 0n, facts, guess }]
  }
  return compare(file, ack, common)
}

function compare(file: FileRow, ack: Acknowledgement, common: Pick<Found, 'subject' | 'since'>): Found[] {
  const [debits, credits] = [BigInt(ack.debits_minor), BigInt(ack.credits_minor)]
  const agrees =
    ack.batches === file.batches &&
    ack.entries === file.entries &&
    debits === file.debits_minor &&
    credits === file.credits_minor
  if (agrees) return []
  const usd = (minor: bigint) => formatUsd(minor as UsdMinor)
  return [
    {
      ...common,
      kind: 'acknowledgement_differs',
      amountMinor: debits - credits - (file.debits_minor - file.credits_minor),
      facts: {
        ours: `${file.batches} batches, ${file.entries} entries, ${usd(file.debits_minor)} debits, ${usd(file.credits_minor)} credits`,
        banks: `${ack.batches} batches, ${ack.entries} entries, ${usd(debits)} debits, ${usd(credits)} credits`,
      },
      guess: 'the bank left a batch or an entry out, or read another file under this name',
    },
  ]
}
