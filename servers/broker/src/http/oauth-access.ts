import type { OAuthScope } from '../oauth/oauth-scope.ts'

/** What all accounts share and nobody changes. */
const SHARED = /^\/v[12]\/(?:assets|clock|calendar)(?:\/|$)/
const TRADING = '/v1/trading/accounts/:account_id/'
const ORDERS = /^\/v1\/trading\/accounts\/:account_id\/(?:orders|positions)(?:[/:]|$)/

/**
 * Which scope lets an app of an end user through; nothing where no app may come. Everything that is not listed here
 * is closed, so that a new route is closed until somebody opens it (contracts/alpaca/oauth.md §3).
 */
export function scopeNeededBy(
  method: string,
  route: { url?: string | undefined; config: { area?: string } },
): OAuthScope | 'any' | undefined {
  const { url = '' } = route
  const isReading = method === 'GET' || method === 'HEAD'
  if (route.config.area === 'data') return isReading ? 'data' : undefined
  if (SHARED.test(url)) return isReading ? 'any' : undefined
  if (!url.startsWith(TRADING)) return undefined
  if (isReading) return 'any'
  return ORDERS.test(url) ? 'trading' : 'account:write'
}
