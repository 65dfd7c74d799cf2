/** What the vendor calls the limit of a path; the others are RATE_LIMIT. */
export const rateLimitCodes: Readonly<Record<string, string>> = {
  '/accounts/get': 'ACCOUNTS_LIMIT',
  '/accounts/balance/get': 'BALANCE_LIMIT',
  '/auth/get': 'AUTH_LIMIT',
  '/identity/get': 'IDENTITY_LIMIT',
  '/institutions/get': 'INSTITUTIONS_GET_LIMIT',
  '/institutions/get_by_id': 'INSTITUTIONS_GET_BY_ID_LIMIT',
  '/investments/holdings/get': 'INVESTMENT_HOLDINGS_GET_LIMIT',
  '/investments/transactions/get': 'INVESTMENT_TRANSACTIONS_LIMIT',
  '/item/get': 'ITEM_GET_LIMIT',
  '/transactions/get': 'TRANSACTIONS_LIMIT',
  '/transactions/sync': 'TRANSACTIONS_SYNC_LIMIT',
}
