const secretFields = [
  'password',
  'secret',
  'client_secret',
  'access_token',
  'refresh_token',
  'public_token',
  'processor_token',
  'link_token',
  'tax_id',
  'account_number',
  'bank_account_number',
  'authorization',
  'cookie',
]

/** Where a log line may carry a secret, up to two objects deep. Bodies are never logged at all. */
export const redactedPaths = [
  ...secretFields,
  ...secretFields.map((field) => `*.${field}`),
  ...secretFields.map((field) => `*.*.${field}`),
  'req.headers["access-token"]',
  'req.headers["plaid-secret"]',
  'req.headers["apca-api-secret-key"]',
]
