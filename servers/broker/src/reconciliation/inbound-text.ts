import type { Selectable } from 'kysely'
import type { BrokerContext } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { DB } from '../db/schema.ts'

type InboundRow = Pick<Selectable<DB['ach_inbound_files']>, 'id' | 'name' | 'body' | 'received_at'>

export type InboundText = {
  readonly name: string
  readonly text: string
  readonly receivedAt: Temporal.Instant
}

/** What the bank has sent of a kind since a day and was read, opened. */
export async function readInboundTexts(
  { ach }: Pick<BrokerContext, 'ach'>,
  db: Db,
  kind: 'ACKNOWLEDGEMENT' | 'NACHA',
  since: Temporal.Instant,
): Promise<InboundText[]> {
  const rows: InboundRow[] = await db
    .selectFrom('ach_inbound_files')
    .select(['id', 'name', 'body', 'received_at'])
    .where('kind', '=', kind)
    .where('status', '=', 'READ')
    .where('received_at', '>=', since)
    .orderBy('received_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    name: row.name,
    text: ach.sealed.open(row.body, `ach_inbound_files/${row.id}`).toString('latin1'),
    receivedAt: row.received_at,
  }))
}
