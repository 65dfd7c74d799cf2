export {
  costToBuy,
  marketValue,
  NANO_MICRO_PER_MINOR,
  proceedsOfSale,
  quantityForNotional,
} from './amounts.ts'
export { formatPrice, type PriceMicro, parsePrice } from './price.ts'
export { formatQuantity, parseQuantity, type QuantityNano } from './quantity.ts'
export { formatUsd, parseUsd, trimmedUsd, type UsdMinor } from './usd.ts'
