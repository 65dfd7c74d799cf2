import { TransferBody, Uuid } from '@paddock/broker-wire'
import { readInstant } from '@paddock/kernel'
import type { Happening, HttpServer } from '@paddock/service'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { readInbound } from '../answers/read-inbound.ts'
import type { BrokerContext } from '../context.ts'
import { advanceClock, type ClockMove } from '../sim/advance-clock.ts'
import { RETURN_CODE } from '../transfers/return-codes.ts'
import { returnTransfer } from '../transfers/return-transfer.ts'
import { settleTransferNow } from '../transfers/settle-transfer.ts'
import { type TransferId, TransferRejected } from '../transfers/transfer.ts'
import { findTransferOwner } from '../transfers/transfer-store.ts'
import { serveAccountDoors } from './sim-accounts.ts'
import { serveCorporateActions } from './sim-corporate-actions.ts'
import { serveMarketDoors } from './sim-market.ts'
import { presentTransfer } from './transfers.ts'
import { WireRefused } from './wire-error.ts'

const AdvanceBody = z
  .object({
    days: z.number().int().min(0).max(400).optional(),
    seconds: z.number().int().min(0).max(34_560_000).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(
    (body) => Object.values(body).filter((value) => value !== undefined).length === 1,
    'exactly one of days, seconds and to is expected',
  )

const ReturnBody = z.object({ code: z.string().regex(RETURN_CODE, 'must be a return code such as R01') })
const IdPath = z.object({ id: Uuid })

const tags = ['Simulation']
const Work = z.object({ at: z.string(), server: z.string(), queue: z.string(), key: z.string() })

const MAX_UPCOMING = 20

/**
 * The simulation's own door: without keys, so a foreign web page must not be able to come through it.
 * That is why each POST says `application/json`, which no page may send elsewhere without asking first.
 */
export async function serveSimulation(app: HttpServer, ctx: BrokerContext): Promise<void> {
  await app.register(
    async (sim) => {
      sim.addHook('onRequest', async ({ method, headers }) => {
        if (method === 'POST' && !/^application\/json\b/i.test(headers['content-type'] ?? '')) {
          throw new WireRefused(415, 41510000, 'content-type must be application/json')
        }
      })
      serveClock(sim as unknown as HttpServer, ctx)
      serveOutcomes(sim as unknown as HttpServer, ctx)
      serveAchDoors(sim as unknown as HttpServer, ctx)
      serveAccountDoors(sim as unknown as HttpServer, ctx)
      serveCorporateActions(sim as unknown as HttpServer, ctx)
      serveMarketDoors(sim as unknown as HttpServer, ctx)
    },
    { prefix: '/_sim' },
  )
}

const presentWork = ({ agenda, queue, key, runAt }: Happening) => ({
  at: runAt.toString(),
  server: agenda,
  queue,
  key,
})

function serveClock(sim: HttpServer, ctx: BrokerContext): void {
  sim.get(
    '/clock',
    {
      schema: {
        summary: 'Tell the time and what is due next',
        tags,
        response: { 200: z.object({ now: z.string(), next: z.array(Work) }) },
      },
    },
    async () => {
      const due = await ctx.clock.upcoming(MAX_UPCOMING)
      return {
        now: ctx.clock.now().toString(),
        next: due.map(presentWork),
      }
    },
  )

  sim.post(
    '/clock/advance',
    {
      schema: {
        summary: 'Move the world forward',
        tags,
        body: AdvanceBody,
        response: { 200: z.object({ now: z.string(), happened: z.array(Work) }) },
      },
    },
    async ({ body }) => {
      const { now, happened } = await advanceClock(ctx, readMove(body))
      return {
        now: now.toString(),
        happened: happened.map(presentWork),
      }
    },
  )
}

function serveOutcomes(sim: HttpServer, ctx: BrokerContext): void {
  sim.post(
    '/transfers/:id/settle',
    { schema: { summary: 'Settle a transfer now', tags, params: IdPath, response: { 200: TransferBody } } },
    async ({ params }) => {
      const id = params.id as TransferId
      return presentTransfer(await settleTransferNow(ctx, await ownerOf(ctx, id), id))
    },
  )

  sim.post(
    '/transfers/:id/return',
    {
      schema: {
        summary: 'Return a transfer as its bank would',
        tags,
        params: IdPath,
        body: ReturnBody,
        response: { 200: TransferBody },
      },
    },
    async ({ params, body }) => {
      const id = params.id as TransferId
      return presentTransfer(await returnTransfer(ctx, await ownerOf(ctx, id), id, body.code))
    },
  )
}

function serveAchDoors(sim: HttpServer, ctx: BrokerContext): void {
  sim.post(
    '/ach/read',
    {
      schema: {
        summary: 'Read what the bank has delivered, before its hour',
        tags,
        response: { 200: z.object({ files: z.number() }) },
      },
    },
    async () => ({ files: await readInbound(ctx) }),
  )
}

async function ownerOf(ctx: BrokerContext, id: TransferId): Promise<AccountId> {
  const owner = await findTransferOwner(ctx.db, id)
  if (owner === undefined) throw new TransferRejected('transfer_not_found')
  return owner
}

function readMove({ days, seconds, to }: z.infer<typeof AdvanceBody>): ClockMove {
  if (to !== undefined) return { to: readInstant(to) }
  return days === undefined ? { seconds: seconds ?? 0 } : { days }
}
