import { Transfer, type TransferRequest, Transfers, TransferTerms } from '@paddock/platform-wire'
import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'

export const transfersQuery = queryOptions({
  queryKey: ['transfers'],
  queryFn: async ({ signal }) => (await request(Transfers, '/api/transfers', { signal })).transfers,
})

/** What would happen to a transfer that is asked for now: dates and limits. */
export const transferTermsQuery = queryOptions({
  queryKey: ['transfers', 'terms'],
  queryFn: ({ signal }) => request(TransferTerms, '/api/transfers/terms', { signal }),
  refetchInterval: 60_000,
})

/** The same id again is a retry, never a second transfer. */
export const requestTransfer = (id: string, body: TransferRequest) =>
  request(Transfer, `/api/transfers/${id}`, { method: 'PUT', body })

export const cancelTransfer = (id: string) =>
  request(Transfer, `/api/transfers/${id}/cancel`, { method: 'POST' })
