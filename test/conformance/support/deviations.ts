/** Where our answers differ from the vendor's OpenAPI file on purpose, each with its reason. */
export const deviations: readonly {
  readonly on: string
  readonly what: RegExp
  readonly why: string
}[] = [
  {
    on: '/v1/accounts',
    what: /crypto_status must be equal to one of the allowed values$/,
    why: 'INACTIVE is in the newer documentation and in what the vendor answers; the file does not know it yet',
  },
  {
    on: '/v1/accounts',
    what: /employment_status must be equal to one of the allowed values$/,
    why: 'the official client reads upper case only',
  },
  {
    on: '/orders',
    what: /order_class must be equal to one of the allowed values$/,
    why: 'simple orders are answered with an empty class, as the vendor does',
  },
  {
    on: '/orders',
    what: /\/status must be equal to one of the allowed values$|legs must (?:be null|match a schema in anyOf)$/,
    why: 'exits that wait are held, in the newer documentation and in what the vendor answers; the file does not know it',
  },
  {
    on: '/positions',
    what: /order_class must be equal to one of the allowed values$/,
    why: 'the same, for the orders that close positions',
  },
  {
    on: '/v1/journals',
    what: /settle_date must be string$/,
    why: 'a journal has no date before it is booked: null in the newer documentation',
  },
  {
    on: 'assets',
    what: /exchange must be equal to one of the allowed values$/,
    why: 'pairs are at the exchange CRYPTO in the newer documentation and in what the vendor answers',
  },
  {
    on: 'watchlists',
    what: /exchange must be equal to one of the allowed values$/,
    why: 'the same, for pairs on a watchlist',
  },
  {
    on: '/activities',
    what: /must match exactly one schema in oneOf$/,
    why: 'the two shapes of the file do not exclude each other: a good row fits both',
  },
  {
    on: '/documents',
    what: /^\/# must be array$/,
    why: 'the file wraps the list in a second list, which neither the vendor nor its client does',
  },
]
