import type { CreateTransferBody, TransferBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, CreateOptions, Transport } from './transport.ts'

export type Transfer = Open<TransferBody>
export type CreateTransfer = CreateTransferBody
export type ListTransfers = { direction?: 'INCOMING' | 'OUTGOING'; limit?: number; offset?: number }

export function transferCalls({ call }: Transport) {
  const pathOf = (accountId: string) => `/v1/accounts/${encodeURIComponent(accountId)}/transfers`
  return {
    /** The vendor has no key for transfers: after an unknown outcome look in the list before repeating. */
    create: (accountId: string, transfer: CreateTransfer, options?: CreateOptions) =>
      call<Transfer>({ method: 'POST', path: pathOf(accountId), body: transfer, options }),

    /** One page, newest first. There is no call for a single transfer. */
    list: (accountId: string, filter: ListTransfers = {}, options?: CallOptions) =>
      call<Transfer[]>({ method: 'GET', path: pathOf(accountId), query: filter, options }),

    /** All of them, page by page as they are asked for, until the page that is empty. */
    async *all(
      accountId: string,
      filter: ListTransfers = {},
      options?: CallOptions,
    ): AsyncGenerator<Transfer> {
      for (let offset = filter.offset ?? 0; ; ) {
        const page = await this.list(accountId, { ...filter, offset }, options)
        if (page.length === 0) return
        yield* page
        offset += page.length
      }
    },

    cancel: (accountId: string, transferId: string, options?: CallOptions) =>
      call<void>({
        method: 'DELETE',
        path: `${pathOf(accountId)}/${encodeURIComponent(transferId)}`,
        options,
      }),
  }
}
