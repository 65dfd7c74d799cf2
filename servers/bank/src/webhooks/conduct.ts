import type { Db, Tx } from '../db/database.ts'

/** What is wrong with delivery on purpose: every webhook twice, or groups of three backwards. */
export interface Conduct {
  duplicates: boolean
  disorder: boolean
}

export async function readConduct(db: Db | Tx): Promise<Conduct> {
  return db.selectFrom('webhook_conduct').select(['duplicates', 'disorder']).executeTakeFirstOrThrow()
}

export async function changeConduct(
  db: Db,
  change: { [Key in keyof Conduct]?: boolean | undefined },
): Promise<Conduct> {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  if (Object.keys(given).length > 0) await db.updateTable('webhook_conduct').set(given).execute()
  return readConduct(db)
}
