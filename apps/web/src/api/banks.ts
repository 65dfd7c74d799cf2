import { Bank, Banks, LinkToken } from '@paddock/platform-wire'
import { queryOptions } from '@tanstack/react-query'
import { noAnswer, request } from './client.ts'

export const banksQuery = queryOptions({
  queryKey: ['banks'],
  queryFn: async ({ signal }) => (await request(Banks, '/api/banks', { signal })).banks,
})

export const createLinkToken = () => request(LinkToken, '/api/link/token', { method: 'POST' })

export const connectBank = (chosen: { publicToken: string; accountId: string }) =>
  request(Bank, '/api/link/exchange', {
    method: 'POST',
    body: { public_token: chosen.publicToken, account_id: chosen.accountId },
  })

/** Ends the login and the connection; transfers that are on their way go on. */
export const removeBank = (id: string) => request(noAnswer, `/api/banks/${id}`, { method: 'DELETE' })

/** The bank whose account money can move from and to now, or the one that is being connected. */
export function fundingBank(
  banks: readonly Bank[],
): (Bank & { funding: NonNullable<Bank['funding']> }) | undefined {
  const connected = banks.filter((bank) => bank.funding !== null)
  const best = connected.find((bank) => bank.funding?.status === 'APPROVED') ?? connected[0]
  return best?.funding ? { ...best, funding: best.funding } : undefined
}
