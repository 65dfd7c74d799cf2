import { formatUsd } from '@paddock/money'
import type { Account } from '@paddock/platform-wire'
import type { TradingAccount } from '../broker/client.ts'
import type { PlatformContext } from '../context.ts'
import { fractionOf, showUsd, usdOf } from '../decimal.ts'
import type { BrokerageAccount } from './brokerage-account.ts'

/** Before these an account has no balances worth showing. */
const NOT_YET_OPEN: readonly string[] = [
  'INACTIVE',
  'ONBOARDING',
  'SUBMITTED',
  'SUBMISSION_FAILED',
  'ACTION_REQUIRED',
  'APPROVAL_PENDING',
  'APPROVED',
  'REJECTED',
]

/** The account as the broker sees it now. */
export async function readAccount({ broker }: PlatformContext, account: BrokerageAccount): Promise<Account> {
  const [{ status, crypto_status }, trading] = await Promise.all([
    broker.accounts.get(account.id),
    broker.tradingAccount.get(account.id),
  ])
  return {
    id: account.id,
    account_number: account.accountNumber,
    status,
    crypto_status: crypto_status ?? null,
    given_name: account.givenName,
    family_name: account.familyName,
    email: account.email,
    created_at: account.createdAt.toString(),
    balances: NOT_YET_OPEN.includes(status) ? null : presentBalances(trading),
  }
}

/** Money passes through; the day's change is the one difference that we take, and deposits are no gain. */
function presentBalances(trading: TradingAccount): NonNullable<Account['balances']> {
  const lastEquity = usdOf(trading.last_equity)
  const dayChange = usdOf(trading.equity) - lastEquity - usdOf(trading.intraday_adjustments ?? '0')
  return {
    equity: showUsd(trading.equity),
    last_equity: formatUsd(lastEquity),
    day_change: formatUsd(dayChange),
    day_change_fraction: fractionOf(dayChange, lastEquity) ?? null,
    long_market_value: showUsd(trading.long_market_value),
    cash: showUsd(trading.cash),
    buying_power: showUsd(trading.buying_power),
    cash_settled: showUsd(trading.non_marginable_buying_power),
    cash_withdrawable: showUsd(trading.cash_withdrawable),
    pending_transfer_in: showUsd(trading.pending_transfer_in),
    pending_transfer_out: showUsd(trading.pending_transfer_out),
  }
}
