import type { BrokerContext } from '../context.ts'
import type { JsonObject } from '../db/schema.ts'
import { transact } from '../db/transact.ts'
import type { AccountId } from './account.ts'
import { getAccount, lockAccount } from './account-store.ts'

/** What holds as long as the customer says nothing. Accounts are cash accounts, hence the multiplier. */
const defaults: JsonObject = {
  trade_confirm_email: 'all',
  suspend_trade: false,
  no_shorting: false,
  fractional_trading: true,
  max_margin_multiplier: '1',
  max_options_trading_level: null,
  ptp_no_exception_entry: false,
  disable_overnight_trading: false,
}

/** Settings in wire form with every default; what is undefined is left as it was. */
export const withDefaults = (own: JsonObject = {}): JsonObject => ({ ...defaults, ...own })

export async function getTradingConfigurations(
  ctx: BrokerContext,
  accountId: AccountId,
): Promise<JsonObject> {
  return withDefaults((await getAccount(ctx.db, accountId)).tradingConfigurations)
}

/** Changes the customer's own settings for trading; those not named stay. */
export async function updateTradingConfigurations(
  ctx: BrokerContext,
  accountId: AccountId,
  change: JsonObject,
): Promise<JsonObject> {
  return transact(ctx, async (tx) => {
    const { tradingConfigurations: before } = await lockAccount(tx, accountId)
    const after = { ...before, ...change }
    await tx
      .updateTable('accounts')
      .set({ trading_configurations: JSON.stringify(after), updated_at: ctx.clock.now() })
      .where('id', '=', accountId)
      .execute()
    return withDefaults(after)
  })
}
