import { readFileSync } from 'node:fs'

export interface CoverageRow {
  readonly path: string
  readonly priority: string
  readonly state: string
  readonly reason: string
}

/** The table of contracts/plaid/coverage.md. */
export function readCoverage(): CoverageRow[] {
  const text = readFileSync(new URL('../../../../contracts/plaid/coverage.md', import.meta.url), 'utf8')
  return [...text.matchAll(/^\| `([^`]+)` \| ([^|]*) \| ([^|]+) \| ?([^|]*)\|$/gm)].map(
    ([, path = '', priority = '', state = '', reason = '']) => ({
      path,
      priority: priority.trim(),
      state: state.trim(),
      reason: reason.trim(),
    }),
  )
}
