import type { CryptoRow } from './asset-row.ts'

/** The coins that can be traded against dollars: symbol, name, reference price. */
export const cryptoPairs: readonly CryptoRow[] = [
  ['BTC/USD', 'Bitcoin / US Dollar', '96400.00'],
  ['ETH/USD', 'Ethereum / US Dollar', '3380.00'],
  ['SOL/USD', 'Solana / US Dollar', '158.00'],
  ['LTC/USD', 'Litecoin / US Dollar', '98.00'],
  ['BCH/USD', 'Bitcoin Cash / US Dollar', '520.00'],
  ['LINK/USD', 'Chainlink / US Dollar', '15.80'],
  ['AVAX/USD', 'Avalanche / US Dollar', '18.40'],
  ['DOGE/USD', 'Dogecoin / US Dollar', '0.1720'],
  ['UNI/USD', 'Uniswap / US Dollar', '7.40'],
  ['AAVE/USD', 'Aave / US Dollar', '186.00'],
]
