import { Account, Application, Positions } from '@paddock/platform-wire'
import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'

/** Prices move all the time and no event says so: figures that depend on them are asked for again. */
const PRICED_MS = 10_000

export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => request(Account, '/api/account', { signal }),
  refetchInterval: PRICED_MS,
})

export const positionsQuery = queryOptions({
  queryKey: ['positions'],
  queryFn: async ({ signal }) => (await request(Positions, '/api/positions', { signal })).positions,
  refetchInterval: PRICED_MS,
})

export const submitApplication = (body: Application) =>
  request(Account, '/api/application', { method: 'POST', body })

export const getSampleApplication = () => request(Application, '/api/application/sample')
