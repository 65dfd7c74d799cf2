import { accountStatuses, Uuid } from '@paddock/broker-wire'
import type { HttpServer } from '@paddock/service'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { getAccount } from '../accounts/account-store.ts'
import { setAccountStatus } from '../accounts/advance-account.ts'
import { restrictAccount } from '../accounts/restrict-account.ts'
import type { BrokerContext } from '../context.ts'
import type { JsonObject } from '../db/schema.ts'
import { transact } from '../db/transact.ts'

const tags = ['Simulation']
const IdPath = z.object({ id: Uuid })
const StatusBody = z.object({ status: z.enum(accountStatuses) })
const StatusAnswer = z.object({ id: Uuid, status: z.string() })

const Override = z.boolean().nullable()

/** The broker's own switches, in the vendor's words; null takes an override away. */
const RestrictionsBody = z.object({
  trading_blocked: z.boolean().optional(),
  transfers_blocked: z.boolean().optional(),
  account_blocked: z.boolean().optional(),
  admin_configurations: z
    .strictObject({
      outgoing_transfers_blocked: Override,
      incoming_transfers_blocked: Override,
      disable_shorting: Override,
      disable_fractional: Override,
      disable_crypto: Override,
      disable_day_trading: Override,
      allow_instant_ach: Override,
      disable_algodash_access: Override,
      disable_api_key: Override,
      max_margin_multiplier: z.enum(['1', '2', '4']).nullable(),
      max_options_trading_level: z.number().int().min(0).max(3).nullable(),
      acct_daily_transfer_limit: z
        .string()
        .regex(/^\d{1,12}(?:\.\d{1,2})?$/, 'must be an amount')
        .nullable(),
      restrict_to_liquidation_reasons: z
        .strictObject({
          ach_return: z.boolean(),
          position_to_equity_ratio: z.boolean(),
          unspecified: z.boolean(),
        })
        .partial()
        .nullable(),
    })
    .partial()
    .optional(),
})

const RestrictionsAnswer = z.object({
  id: Uuid,
  trading_blocked: z.boolean(),
  transfers_blocked: z.boolean(),
  account_blocked: z.boolean(),
  admin_configurations: z.looseObject({}),
})

/** What the vendor's people would do to an account. */
export function serveAccountDoors(sim: HttpServer, ctx: BrokerContext): void {
  sim.post(
    '/accounts/:id/status',
    {
      schema: {
        summary: 'Set the status of an account',
        tags,
        params: IdPath,
        body: StatusBody,
        response: { 200: StatusAnswer },
      },
    },
    async ({ params, body }) => {
      const accountId = params.id as AccountId
      await setAccountStatus(ctx, accountId, body.status)
      return { id: accountId, status: (await getAccount(ctx.db, accountId)).status }
    },
  )

  sim.post(
    '/accounts/:id/restrictions',
    {
      schema: {
        summary: 'Block an account or free it',
        tags,
        params: IdPath,
        body: RestrictionsBody,
        response: { 200: RestrictionsAnswer },
      },
    },
    async ({ params, body }) => {
      const accountId = params.id as AccountId
      const change = {
        tradingBlocked: body.trading_blocked,
        transfersBlocked: body.transfers_blocked,
        accountBlocked: body.account_blocked,
        adminConfigurations: body.admin_configurations as JsonObject | undefined,
        by: 'admin' as const,
      }
      await transact(ctx, (tx) => restrictAccount(tx, accountId, change, ctx.clock.now()))
      const { restrictions } = await getAccount(ctx.db, accountId)
      return {
        id: accountId,
        trading_blocked: restrictions.tradingBlocked,
        transfers_blocked: restrictions.transfersBlocked,
        account_blocked: restrictions.accountBlocked,
        admin_configurations: restrictions.adminConfigurations,
      }
    },
  )
}
