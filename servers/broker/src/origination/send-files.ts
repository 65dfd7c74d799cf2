import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import type { AchFile, AchFileId } from './ach-file.ts'
import { listUnsent, markSent, readFileBody } from './file-store.ts'
import { bodyName } from './seal-file.ts'

/** Puts what was sealed into the drop. The same bytes under the same name, however often it is tried. */
export async function sendFiles(ctx: BrokerContext): Promise<void> {
  for (const file of await listUnsent(ctx.db)) await sendFile(ctx, file)
}

async function sendFile(ctx: BrokerContext, { id, name }: AchFile): Promise<void> {
  const { drop, onStep } = ctx.ach
  await drop.outbound.put(name, await openFile(ctx, id))
  onStep('put')
  await transact(ctx, (tx) => markSent(tx, id, ctx.clock.now()))
  onStep('sent')
}

/** The text of a file, opened. */
export async function openFile(
  { db, ach }: Pick<BrokerContext, 'db' | 'ach'>,
  id: AchFileId,
): Promise<Buffer> {
  const body = await readFileBody(db, id)
  if (body === undefined) throw new Error(`there is no ACH file ${id}`)
  return ach.sealed.open(body, bodyName(id))
}
