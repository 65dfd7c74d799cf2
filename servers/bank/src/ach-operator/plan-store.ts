import type { Db, Tx } from '../db/database.ts'
import type { Flaw, SentEntry } from './operator.ts'

export interface Plan {
  traceNumber: string | null
  individualId: string | null
  code: string
  flaw: Flaw | null
}

export async function insertPlan(tx: Tx, plan: Plan, at: Temporal.Instant): Promise<void> {
  await tx
    .insertInto('ach_plans')
    .values({
      trace_number: plan.traceNumber,
      individual_id: plan.individualId,
      code: plan.code,
      flaw: plan.flaw,
      made_at: at,
    })
    .execute()
}

/** The plan that this entry meets, used up; one that names the entry before one that does not. */
export async function takePlan(tx: Tx, entry: SentEntry, at: Temporal.Instant): Promise<Plan | undefined> {
  const row = await tx
    .selectFrom('ach_plans')
    .selectAll()
    .where('used_at', 'is', null)
    .where((eb) => eb.or([eb('trace_number', '=', entry.traceNumber), eb('trace_number', 'is', null)]))
    .where((eb) => eb.or([eb('individual_id', '=', entry.individualId), eb('individual_id', 'is', null)]))
    .orderBy((eb) => eb.fn('num_nulls', ['trace_number', 'individual_id']))
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return undefined
  await tx.updateTable('ach_plans').set({ used_at: at }).where('id', '=', row.id).execute()
  return toPlan(row)
}

export async function listOpenPlans(db: Db, limit: number): Promise<Plan[]> {
  const rows = await db
    .selectFrom('ach_plans')
    .selectAll()
    .where('used_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toPlan)
}

const toPlan = (row: {
  trace_number: string | null
  individual_id: string | null
  code: string
  flaw: string | null
}): Plan => ({
  traceNumber: row.trace_number,
  individualId: row.individual_id,
  code: row.code,
  flaw: row.flaw as Flaw | null,
})

/** Routing numbers that the operator cannot settle with just now. */
export async function listBanksDown(db: Db | Tx): Promise<string[]> {
  const rows = await db
    .selectFrom('ach_banks_down')
    .select('routing_number')
    .orderBy('routing_number')
    .execute()
  return rows.map((row) => row.routing_number)
}

export async function setBankDown(
  db: Db,
  routing: string,
  isDown: boolean,
  at: Temporal.Instant,
): Promise<void> {
  if (isDown) {
    await db
      .insertInto('ach_banks_down')
      .values({ routing_number: routing, since: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  } else {
    await db.deleteFrom('ach_banks_down').where('routing_number', '=', routing).execute()
  }
}
