import { newId } from '@paddock/kernel'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { InboundFileId } from './answer.ts'

export type InboundKind = 'ACKNOWLEDGEMENT' | 'STATEMENT' | 'NACHA' | 'UNREADABLE'
export type InboundStatus = 'STORED' | 'READ' | 'DUPLICATE' | 'PARKED'

export type InboundFile = {
  readonly id: InboundFileId
  readonly name: string
  readonly sha256: string
  readonly kind: InboundKind
  readonly status: InboundStatus
  readonly receivedAt: Temporal.Instant
}

/** What is wrong with a line; never what it says, which may be an account number. */
export type InboundProblem = { readonly line: number; readonly field: string; readonly rule: string }

const columns = ['id', 'name', 'sha256', 'kind', 'status', 'received_at'] as const

/**
 * Keeps a file as it came, before anybody has read it. One that was here under this name is answered as it is;
 * the same content under another name is a duplicate, and changes nothing.
 */
export async function storeInbound(
  { ach }: Pick<BrokerContext, 'ach'>,
  tx: Tx,
  file: { name: string; sha256: string; kind: InboundKind; body: Buffer },
  now: Temporal.Instant,
): Promise<InboundFile> {
  const { name, sha256, kind, body } = file
  const known = await tx
    .selectFrom('ach_inbound_files')
    .select(columns)
    .where('sha256', '=', sha256)
    .execute()
  const same = known.find((one) => one.name === name)
  if (same !== undefined) return toInbound(same)
  const first = known.find(({ status }) => status !== 'DUPLICATE')
  const id = newId() as InboundFileId
  const status: InboundStatus = first === undefined ? 'STORED' : 'DUPLICATE'
  await tx
    .insertInto('ach_inbound_files')
    .values({
      id,
      name,
      sha256,
      kind,
      status,
      body: ach.sealed.seal(body, inboundName(id)),
      duplicate_of: first?.id ?? null,
      received_at: now,
    })
    .execute()
  return { id, name, sha256, kind, status, receivedAt: now }
}

/** What the sealed body of an inbound file is bound to in the database. */
export const inboundName = (id: InboundFileId): string => `ach_inbound_files/${id}`

export async function endInbound(
  tx: Tx,
  id: InboundFileId,
  end: { status: 'READ' | 'PARKED'; problems: readonly InboundProblem[] },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('ach_inbound_files')
    .set({ status: end.status, problems: JSON.stringify(end.problems), read_at: now })
    .where('id', '=', id)
    .execute()
}

/** Newest first. */
export async function listInbound(db: Db, page: { limit: number; offset: number }): Promise<InboundFile[]> {
  const rows = await db
    .selectFrom('ach_inbound_files')
    .select(columns)
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return rows.map(toInbound)
}

type Row = {
  id: string
  name: string
  sha256: string
  kind: string
  status: string
  received_at: Temporal.Instant
}

const toInbound = (row: Row): InboundFile => ({
  id: row.id as InboundFileId,
  name: row.name,
  sha256: row.sha256,
  kind: row.kind as InboundKind,
  status: row.status as InboundStatus,
  receivedAt: row.received_at,
})
