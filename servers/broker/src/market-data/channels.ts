/** What one can subscribe to, by the vendor's names. */
export type Channel =
  | 'trades'
  | 'quotes'
  | 'orderbooks'
  | 'bars'
  | 'updatedBars'
  | 'dailyBars'
  | 'statuses'
  | 'lulds'
  | 'imbalances'

const barChannels = ['bars', 'updatedBars', 'dailyBars'] as const

/**
 * Of these a feed of stocks has something to tell. Some stay silent, because nothing here comes too late or
 * has limits that it may not leave; who subscribes to everything must not fail for that.
 */
export const stockChannels: readonly Channel[] = [
  'trades',
  'quotes',
  ...barChannels,
  'statuses',
  'lulds',
  'imbalances',
]

export const cryptoChannels: readonly Channel[] = ['trades', 'quotes', 'orderbooks', ...barChannels]
