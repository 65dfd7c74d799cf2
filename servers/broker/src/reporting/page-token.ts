import { ReportRejected } from './report-day.ts'

/** The next page begins after this key: an account or a symbol. */
function pageTokenAfter(key: string): string {
  return Buffer.from(`eod|${key}`).toString('base64url')
}

export function readPageToken(token: string | undefined): string {
  if (token === undefined) return ''
  const key = /^eod\|([0-9a-zA-Z./-]{1,40})$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1]
  if (key === undefined) throw new ReportRejected('report_token_invalid')
  return key
}

/** What of one row more than the page holds is the page, and where the next one begins. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
): { page: readonly Row[]; nextPageToken: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return { page, nextPageToken: hasMore ? pageTokenAfter(keyOf(last)) : null }
}
