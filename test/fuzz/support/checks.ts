import type { QueryExecutorProvider } from 'kysely'

interface Check {
  readonly id: string
  run(db: QueryExecutorProvider): Promise<string[]>
}

/** Every sentence of every check that does not hold. */
export async function violationsOf(checks: readonly Check[], db: QueryExecutorProvider): Promise<string[]> {
  const found: string[] = []
  for (const { id, run } of checks) found.push(...(await run(db)).map((text) => `${id}: ${text}`))
  return found
}
