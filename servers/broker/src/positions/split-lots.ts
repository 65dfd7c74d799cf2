import type { QuantityNano } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import type { Tx } from '../db/database.ts'
import { splitLots } from './lot.ts'
import { readOpenLots, updateLots } from './lot-store.ts'

/** Makes the shares of an account's open lots so many more, or fewer, in a split. The account must be locked. */
export async function splitOpenLots(
  tx: Tx,
  pair: { readonly accountId: AccountId; readonly symbol: string },
  addedNano: QuantityNano,
): Promise<void> {
  const found = await readOpenLots(tx, [{ ...pair, quantityNano: undefined }])
  const lots = found.get(`${pair.accountId}|${pair.symbol}`) ?? []
  const heldNano = lots.reduce((sum, { remainingNano }) => sum + remainingNano, 0n)
  await updateLots(tx, splitLots(lots, heldNano as QuantityNano, (heldNano + addedNano) as QuantityNano))
}
