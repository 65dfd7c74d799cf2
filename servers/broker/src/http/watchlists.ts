import {
  AccountPath,
  CreateWatchlistBody,
  UpdateWatchlistBody,
  WatchlistBody,
  WatchlistPath,
  WatchlistSymbolBody,
  WatchlistSymbolPath,
} from '@paddock/broker-wire'
import { z } from 'zod'
import type { AccountId } from '../accounts/account.ts'
import { requireAccount } from '../accounts/account-store.ts'
import { presentAsset } from '../assets/present-asset.ts'
import {
  createWatchlist,
  removeWatchlist,
  replaceWatchlist,
  unwatchAsset,
  watchAsset,
} from '../watchlists/keep-watchlists.ts'
import { type Watchlist, type WatchlistId, WatchlistRejected } from '../watchlists/watchlist.ts'
import { findWatchlist, listWatchlists } from '../watchlists/watchlist-store.ts'
import type { BrokerRoutes } from './routes.ts'

const tags = ['Watchlists']

/** The vendor's documents have both paths for one list, its client only the first (contracts/alpaca/watchlists.md). */
const BASES = ['/v1/trading/accounts/:account_id/watchlists', '/v1/accounts/:account_id/watchlists']

/** What customers keep an eye on. */
export const watchlistRoutes: BrokerRoutes = async (app, options) => {
  for (const prefix of BASES) {
    await app.register(listOfListsRoutes, { ...options, prefix })
    await app.register(oneListRoutes, { ...options, prefix: `${prefix}/:watchlist_id` })
  }
}

const listOfListsRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.get(
    '',
    {
      schema: {
        summary: 'List watchlists',
        tags,
        params: AccountPath,
        response: { 200: z.array(WatchlistBody) },
      },
    },
    async ({ params }) => {
      const accountId = params.account_id as AccountId
      await requireAccount(ctx.db, accountId)
      return (await listWatchlists(ctx.db, accountId)).map(presentHead)
    },
  )

  app.post(
    '',
    {
      schema: {
        summary: 'Create a watchlist',
        tags,
        params: AccountPath,
        body: CreateWatchlistBody,
        response: { 200: WatchlistBody },
      },
    },
    async ({ params, body: { name, symbols } }) =>
      presentWatchlist(
        await createWatchlist(ctx, params.account_id as AccountId, { name, symbols: symbols ?? [] }),
      ),
  )
}

const oneListRoutes: BrokerRoutes = async (app, { ctx }) => {
  const response = { 200: WatchlistBody }
  const params = WatchlistPath

  app.get(
    '',
    { schema: { summary: 'Get a watchlist', tags, params, response } },
    async ({ params: path }) => {
      const { accountId, id } = idsOf(path)
      await requireAccount(ctx.db, accountId)
      const list = await findWatchlist(ctx.db, accountId, id)
      if (list === undefined) throw new WatchlistRejected('watchlist_not_found')
      return presentWatchlist(list)
    },
  )

  app.put(
    '',
    { schema: { summary: 'Replace a watchlist', tags, params, body: UpdateWatchlistBody, response } },
    async ({ params: path, body }) => {
      const { accountId, id } = idsOf(path)
      const change = { name: body.name ?? undefined, symbols: body.symbols ?? undefined }
      return presentWatchlist(await replaceWatchlist(ctx, accountId, id, change))
    },
  )

  app.post(
    '',
    { schema: { summary: 'Add an asset to a watchlist', tags, params, body: WatchlistSymbolBody, response } },
    async ({ params: path, body }) => {
      const { accountId, id } = idsOf(path)
      return presentWatchlist(await watchAsset(ctx, accountId, id, body.symbol))
    },
  )

  app.delete(
    '',
    { schema: { summary: 'Delete a watchlist', tags, params } },
    async ({ params: path }, reply) => {
      const { accountId, id } = idsOf(path)
      await removeWatchlist(ctx, accountId, id)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/*',
    {
      schema: { summary: 'Remove an asset from a watchlist', tags, params: WatchlistSymbolPath, response },
    },
    async ({ params: path }) => {
      const { accountId, id } = idsOf(path)
      return presentWatchlist(await unwatchAsset(ctx, accountId, id, path['*']))
    },
  )
}

function idsOf(path: { account_id: string; watchlist_id: string }) {
  return { accountId: path.account_id as AccountId, id: path.watchlist_id as WatchlistId }
}

function presentHead({ id, accountId, name, createdAt, updatedAt }: Watchlist): WatchlistBody {
  return {
    id,
    account_id: accountId,
    name,
    created_at: createdAt.toString(),
    updated_at: updatedAt.toString(),
  }
}

function presentWatchlist(list: Watchlist): WatchlistBody {
  return { ...presentHead(list), assets: list.assets.map(presentAsset) }
}
