/** Where rebalancing is served; the second is its address in older documents. */
export const rebalancingBases = ['/v1/rebalancing', '/v1/beta/rebalancing'] as const

export const DEFAULT_PAGE = 100

/** One more than a page is read, and tells whether another one follows. */
export function cutPage<Row extends { readonly id: string }>(rows: readonly Row[], limit: number) {
  const page = rows.slice(0, limit)
  return { page, nextPageToken: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}
