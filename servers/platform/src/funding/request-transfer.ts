import { newId } from '@paddock/kernel'
import { formatUsd } from '@paddock/money'
import type { BrokerageAccount } from '../applications/brokerage-account.ts'
import type { Transfer } from '../broker/client.ts'
import { submitTransfer } from '../broker/submit-transfer.ts'
import { readWorldTime } from '../broker/world-time.ts'
import type { PlatformContext } from '../context.ts'
import { readAmount } from '../decimal.ts'
import type { Outcome } from '../intents/intent.ts'
import { runIntent } from '../intents/run-intent.ts'
import { FundingRefused } from './funding-refused.ts'
import { SMALLEST_TRANSFER_MINOR } from './limits.ts'

export interface TransferWish {
  /** Made by whoever asks: the same id again is a retry. */
  readonly id: string
  readonly relationshipId: string
  readonly direction: 'INCOMING' | 'OUTGOING'
  readonly amount: number | string
}

/** Asks the broker to move money, once for each id. */
export async function requestTransfer(
  ctx: PlatformContext,
  account: BrokerageAccount,
  { id, relationshipId, direction, amount }: TransferWish,
): Promise<Outcome<Transfer>> {
  const amountMinor = readAmount(amount)
  if (amountMinor === undefined) throw new FundingRefused('amount_not_valid')
  if (amountMinor < SMALLEST_TRANSFER_MINOR) {
    throw new FundingRefused('transfer_too_small', { minimum: formatUsd(SMALLEST_TRANSFER_MINOR) })
  }
  return runIntent(ctx, submitTransfer, {
    userId: account.userId,
    id,
    accountId: account.id,
    direction,
    // Our own: ids that browsers make are unique per user only.
    brokerKey: newId(),
    request: { relationshipId, direction, amount: formatUsd(amountMinor) },
    askedAt: await readWorldTime(ctx),
  })
}
