import { newId } from '@paddock/kernel'
import { openAccounts, post } from '@paddock/ledger'
import type { AccountId } from '../src/accounts/account.ts'
import { insertActivity } from '../src/activities/book-activity.ts'
import type { BrokerConfig } from '../src/config.ts'
import { cashAccount, FIRM_BANK } from '../src/ledger-accounts.ts'
import { brokerWorld } from './broker-world.ts'

export const REBALANCING = '/v1/rebalancing'

export const asset = (symbol: string, percent: unknown) => ({ type: 'asset', symbol, percent })
export const cash = (percent: unknown) => ({ type: 'cash', symbol: null, percent })

export const SIXTY_FORTY = [asset('SPY', '60'), asset('AGG', '40')]

export const portfolio = (change: object = {}) => ({
  name: 'Sixty forty',
  description: 'shares and bonds',
  weights: SIXTY_FORTY,
  cooldown_days: 7,
  ...change,
})

/** A world with accounts that have cash, and what the tests say often. */
export async function rebalancingWorld(change: Partial<BrokerConfig> = {}) {
  const world = await brokerWorld(change)

  /** An active account with this much cash, as if it had come by mail. */
  async function investor(cashMinor: bigint): Promise<AccountId> {
    const id = (await world.activeAccount()) as AccountId
    await give(id, cashMinor)
    return id
  }

  async function give(id: AccountId, cashMinor: bigint): Promise<void> {
    if (cashMinor === 0n) return
    const at = world.clock.now()
    await world.db.transaction().execute(async (tx) => {
      await openAccounts(tx, [{ id: cashAccount(id), owner: id, kind: 'cash', asset: 'USD', floor: 0n }])
      const movement = newId()
      const cause = { kind: 'test', id: movement, step: 'give' }
      await post(tx, [
        { type: 'post', id: movement, from: FIRM_BANK, to: cashAccount(id), amount: cashMinor, cause, at },
      ])
      await insertActivity(tx, {
        accountId: id,
        id: movement,
        type: 'CSD',
        status: 'executed',
        at,
        settlesOn: Temporal.PlainDate.from('2026-11-20'),
        netAmountMinor: cashMinor as never,
        description: 'a gift',
        details: {},
      })
    })
  }

  const run = (accountId: string, weights: object, type = 'full_rebalance') =>
    world.call('POST', `${REBALANCING}/runs`, { account_id: accountId, type, weights })

  const getRun = async (id: string) => await world.must(world.call('GET', `${REBALANCING}/runs/${id}`))

  /** A run that has had all the time it needs. */
  async function finished(accountId: string, weights: object, type?: string) {
    const { id } = await world.must(run(accountId, weights, type))
    await world.advance({ seconds: 20 })
    return getRun(id)
  }

  async function runsOf(accountId: string) {
    return (await world.must(world.call('GET', `${REBALANCING}/runs?account_id=${accountId}`))).runs
  }

  /** What part of the account is in each asset, in percent to a whole number. */
  async function mix(accountId: string): Promise<Record<string, number>> {
    const positions = await world.must(world.call('GET', `/v1/trading/accounts/${accountId}/positions`))
    const { equity, cash } = await world.balances(accountId)
    const share = (value: string) => Math.round((Number(value) / Number(equity)) * 100)
    return Object.fromEntries([
      ...positions.map((position: { symbol: string; market_value: string }) => [
        position.symbol,
        share(position.market_value),
      ]),
      ['cash', share(cash)],
    ])
  }

  async function follow(accountId: string, change: object = {}) {
    const created = await world.must(world.call('POST', `${REBALANCING}/portfolios`, portfolio(change)))
    const subscription = await world.must(
      world.call('POST', `${REBALANCING}/subscriptions`, {
        account_id: accountId,
        portfolio_id: created.id,
      }),
    )
    return { portfolioId: created.id as string, subscriptionId: subscription.id as string }
  }

  return Object.assign(world, { investor, give, run, getRun, finished, runsOf, mix, follow })
}

export type RebalancingWorld = Awaited<ReturnType<typeof rebalancingWorld>>
