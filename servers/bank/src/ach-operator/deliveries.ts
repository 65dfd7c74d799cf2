import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { AchOperator } from './operator.ts'

const cell = (name: string) => ({ table: 'bank.ach_deliveries', column: 'body_cipher', rowId: name })

/** Keeps a file for the firm, whole, in the transaction that makes it necessary. */
export async function keepDelivery(
  ctx: BankContext,
  tx: Tx,
  { name, body, dueAt }: { name: string; body: string; dueAt: Temporal.Instant },
): Promise<void> {
  await tx
    .insertInto('ach_deliveries')
    .values({ name, body_cipher: ctx.cipher.encrypt(body, cell(name)), due_at: dueAt })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}

export async function isKept(tx: Tx, name: string): Promise<boolean> {
  const row = await tx.selectFrom('ach_deliveries').select('name').where('name', '=', name).executeTakeFirst()
  return row !== undefined
}

/** Puts what is due into the drop. Tried again after a crash it writes the same bytes under the same name. */
export async function deliverDue(
  ctx: BankContext,
  { drop, onStep }: AchOperator,
  at: Temporal.Instant,
): Promise<void> {
  const due = await ctx.db
    .selectFrom('ach_deliveries')
    .select(['name', 'body_cipher'])
    .where('delivered_at', 'is', null)
    .where('due_at', '<=', at)
    .orderBy('due_at')
    .orderBy('name')
    .execute()
  for (const { name, body_cipher } of due) {
    await drop.inbound.put(name, Buffer.from(ctx.cipher.decrypt(body_cipher, cell(name)), 'utf8'))
    onStep('delivered')
    await ctx.db.updateTable('ach_deliveries').set({ delivered_at: at }).where('name', '=', name).execute()
  }
}
