import { achSchedule, withdrawableOn } from '@paddock/calendar'
import { formatUsd } from '@paddock/money'
import type { TransferTerms } from '@paddock/platform-wire'
import type { BrokerageAccount } from '../applications/brokerage-account.ts'
import { readWorldTime } from '../broker/world-time.ts'
import type { PlatformContext } from '../context.ts'
import { showUsd } from '../decimal.ts'
import { leftToday, SMALLEST_TRANSFER_MINOR } from './limits.ts'

const MOST = 500

/** What would happen to a transfer that is asked for now, in the broker's time. */
export async function readTransferTerms(
  ctx: PlatformContext,
  account: BrokerageAccount,
): Promise<TransferTerms> {
  const [now, transfers, trading] = await Promise.all([
    readWorldTime(ctx),
    ctx.broker.transfers.list(account.id, { limit: MOST }),
    ctx.broker.tradingAccount.get(account.id),
  ])
  const { cutoffAt, settlesOn } = achSchedule(now)
  const both = {
    cutoff_at: cutoffAt.toString(),
    settles_on: settlesOn.toString(),
    minimum: formatUsd(SMALLEST_TRANSFER_MINOR),
  }
  return {
    deposit: {
      ...both,
      withdrawable_on: withdrawableOn(settlesOn).toString(),
      left_today: formatUsd(leftToday(transfers, 'INCOMING', now)),
    },
    withdrawal: {
      ...both,
      left_today: formatUsd(leftToday(transfers, 'OUTGOING', now)),
      available: showUsd(trading.cash_withdrawable),
    },
  }
}
