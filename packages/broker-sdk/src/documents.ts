import type { DocumentBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

export type IssuedDocument = Open<DocumentBody>
export type ListDocuments = {
  /** Both days included. */
  start?: string
  end?: string
  type?: 'account_statement' | 'trade_confirmation' | 'tax_statement' | (string & {})
}

export function documentCalls({ call, download }: Transport) {
  const pathOf = (accountId: string) => `/v1/accounts/${encodeURIComponent(accountId)}/documents`
  const one = (accountId: string, documentId: string) =>
    `${pathOf(accountId)}/${encodeURIComponent(documentId)}`
  return {
    list: (accountId: string, filter: ListDocuments = {}, options?: CallOptions) =>
      call<IssuedDocument[]>({ method: 'GET', path: pathOf(accountId), query: filter, options }),

    get: (accountId: string, documentId: string, options?: CallOptions) =>
      call<IssuedDocument>({ method: 'GET', path: one(accountId, documentId), options }),

    /** The pages as PDF. */
    download: (accountId: string, documentId: string, options?: CallOptions) =>
      download(`${one(accountId, documentId)}/download`, 'application/pdf', options),

    /** A monthly statement's figures. */
    async downloadJson(accountId: string, documentId: string, options?: CallOptions): Promise<unknown> {
      const bytes = await download(`${one(accountId, documentId)}/download`, 'application/json', options)
      return JSON.parse(new TextDecoder().decode(bytes))
    },
  }
}
