import { AccountPath, TradingAccountBody } from '@paddock/broker-wire'
import { trimmedUsd, type UsdMinor } from '@paddock/money'
import type { Account, AccountId } from '../accounts/account.ts'
import { getAccount } from '../accounts/account-store.ts'
import { type CashFigures, readCashFigures } from '../accounts/cash-figures.ts'
import { lastClose, readLastCash, readTransferredSinceClose } from '../accounts/equity.ts'
import { withDefaults } from '../accounts/trading-configurations.ts'
import type { BrokerContext, MarketValue } from '../context.ts'
import { inNewYork } from './moment.ts'
import type { BrokerRoutes } from './routes.ts'

export const tradingAccountRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '/v1/trading/accounts/:account_id/account',
    {
      schema: {
        summary: 'Get balances',
        tags: ['Trading'],
        params: AccountPath,
        response: { 200: TradingAccountBody },
      },
    },
    async ({ params }) => {
      const account = await getAccount(ctx.db, params.account_id as AccountId)
      return presentTradingAccount(account, await readBalanceSheet(ctx, account.id))
    },
  )
}

type BalanceSheet = {
  readonly cash: CashFigures
  readonly value: MarketValue
  readonly lastCashMinor: UsdMinor
  readonly transferredMinor: UsdMinor
  readonly lastClose: ReturnType<typeof lastClose>
}

const nothing = 0n as UsdMinor

/** One snapshot of the books: cash and shares of the same moment. */
async function readBalanceSheet(ctx: BrokerContext, accountId: AccountId): Promise<BalanceSheet> {
  return ctx.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const cash = await readCashFigures(ctx, tx, accountId)
      const values = await ctx.holdings.marketValues(tx, [accountId])
      const lastCash = await readLastCash(ctx, tx, [accountId])
      return {
        cash,
        value: values.get(accountId) ?? { nowMinor: nothing, lastCloseMinor: nothing },
        lastCashMinor: lastCash.get(accountId) ?? nothing,
        transferredMinor: await readTransferredSinceClose(ctx, tx, accountId),
        lastClose: lastClose(ctx.clock.now()),
      }
    })
}

const sum = (left: UsdMinor, right: UsdMinor) => trimmedUsd(left + right)

/** A cash account: no borrowing, so that the figures for margin say what a multiplier of one means. */
function presentTradingAccount(account: Account, sheet: BalanceSheet): TradingAccountBody {
  const { cash, value, lastCashMinor } = sheet
  const buyingPower = trimmedUsd(cash.buyingPowerMinor)
  const equity = sum(cash.cashMinor, value.nowMinor)
  const withdrawable = trimmedUsd(cash.withdrawableMinor)
  const positions = trimmedUsd(value.nowMinor)
  const lastPositions = trimmedUsd(value.lastCloseMinor)
  const lastCash = trimmedUsd(lastCashMinor)
  const { restrictions, tradingConfigurations: settings } = account
  const isBlocked = account.status !== 'ACTIVE' && account.status !== 'ACCOUNT_UPDATED'
  return {
    id: account.id,
    account_number: account.accountNumber,
    status: account.status,
    crypto_status: account.cryptoStatus,
    currency: account.currency,
    buying_power: buyingPower,
    regt_buying_power: buyingPower,
    daytrading_buying_power: '0',
    effective_buying_power: buyingPower,
    non_marginable_buying_power: trimmedUsd(cash.settledMinor),
    options_buying_power: buyingPower,
    bod_dtbp: '0',
    cash: trimmedUsd(cash.cashMinor),
    cash_withdrawable: withdrawable,
    cash_transferable: withdrawable,
    accrued_fees: trimmedUsd(cash.feesOwedMinor),
    pending_transfer_in: trimmedUsd(cash.pendingInMinor),
    pending_transfer_out: trimmedUsd(cash.pendingOutMinor),
    portfolio_value: equity,
    equity,
    last_equity: sum(lastCashMinor, value.lastCloseMinor),
    long_market_value: positions,
    short_market_value: '0',
    position_market_value: positions,
    initial_margin: positions,
    maintenance_margin: positions,
    last_maintenance_margin: lastPositions,
    sma: '0',
    daytrade_count: 0,
    pattern_day_trader: false,
    multiplier: '1',
    shorting_enabled: false,
    trading_blocked: isBlocked || restrictions.tradingBlocked,
    transfers_blocked: isBlocked || restrictions.transfersBlocked,
    account_blocked: isBlocked || restrictions.accountBlocked,
    trade_suspended_by_user: settings?.suspend_trade === true,
    created_at: account.createdAt.toString(),
    previous_close: inNewYork(sheet.lastClose.at),
    balance_asof: sheet.lastClose.date.toString(),
    last_long_market_value: lastPositions,
    last_short_market_value: '0',
    last_cash: lastCash,
    last_initial_margin: lastPositions,
    last_regt_buying_power: lastCash,
    last_daytrading_buying_power: '0',
    last_daytrade_count: 0,
    last_buying_power: lastCash,
    clearing_broker: 'ALPACA_APCA',
    options_approved_level: 0,
    options_trading_level: 0,
    memoposts: trimmedUsd(cash.memoMinor),
    intraday_adjustments: trimmedUsd(sheet.transferredMinor),
    pending_reg_taf_fees: trimmedUsd(cash.regAndTafOwedMinor),
    crypto_tier: 0,
    admin_configurations: restrictions.adminConfigurations,
    user_configurations: settings === undefined ? null : withDefaults(settings),
  }
}
