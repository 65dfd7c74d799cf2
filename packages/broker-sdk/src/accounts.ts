import type {
  AccountBody,
  CipAnswer,
  CipBody,
  CountryBody,
  CreateAccountBody,
  ListAccountsQuery,
  SdkOutcomeBody,
  UpdateAccountBody,
  UploadDocumentsBody,
} from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, CreateOptions, Transport } from './transport.ts'

export type Account = Open<AccountBody>
export type CreateAccount = CreateAccountBody
export type UpdateAccount = UpdateAccountBody
export type ListAccounts = ListAccountsQuery
export type OwnerDocumentUpload = UploadDocumentsBody[number]
export type CustomerIdentification = Open<CipAnswer>
export type Country = Open<CountryBody>
export type IdentityCheckOutcome = SdkOutcomeBody

export function accountCalls({ call }: Transport) {
  const pathOf = (accountId: string, rest = '') => `/v1/accounts/${encodeURIComponent(accountId)}${rest}`
  return {
    /** Opens an account. Its e-mail address is unique: a second one is refused with 409. */
    create: (account: CreateAccount, options?: CreateOptions) =>
      call<Account>({ method: 'POST', path: '/v1/accounts', body: account, options }),

    get: (accountId: string, options?: CallOptions) =>
      call<Account>({ method: 'GET', path: pathOf(accountId), options }),

    /** At most 1,000, newest first. */
    list: (filter: ListAccounts = {}, options?: CallOptions) =>
      call<Account[]>({ method: 'GET', path: '/v1/accounts', query: filter, options }),

    /** Changes the fields that are given. Some edits are reviewed: until then nothing can be withdrawn. */
    update: (accountId: string, change: UpdateAccount, options?: CallOptions) =>
      call<Account>({ method: 'PATCH', path: pathOf(accountId), body: change, options }),

    /** Ends an account that holds nothing any more. */
    close: (accountId: string, options?: CallOptions) =>
      call<void>({ method: 'POST', path: pathOf(accountId, '/actions/close'), options }),

    /** One paper of the owner or up to ten. */
    uploadDocuments: (
      accountId: string,
      documents: OwnerDocumentUpload | readonly OwnerDocumentUpload[],
      options?: CallOptions,
    ) =>
      call<void>({
        method: 'POST',
        path: pathOf(accountId, '/documents/upload'),
        // The vendor takes a list only, even of one.
        body: [documents].flat(),
        options,
      }),

    /** What the firm found out about its customer by itself. */
    submitIdentification: (accountId: string, facts: CipBody, options?: CallOptions) =>
      call<CustomerIdentification>({ method: 'POST', path: pathOf(accountId, '/cip'), body: facts, options }),

    getIdentification: (accountId: string, options?: CallOptions) =>
      call<CustomerIdentification>({ method: 'GET', path: pathOf(accountId, '/cip'), options }),

    /** A token for the window in which the holder shows who he is. */
    startIdentityCheck: (
      accountId: string,
      query: { referrer?: string; platform?: string } = {},
      options?: CallOptions,
    ) =>
      call<{ token: string }>({
        method: 'GET',
        path: pathOf(accountId, '/onfido/sdk/tokens'),
        query,
        options,
      }),

    endIdentityCheck: (accountId: string, outcome: IdentityCheckOutcome, options?: CallOptions) =>
      call<unknown>({ method: 'PATCH', path: pathOf(accountId, '/onfido/sdk'), body: outcome, options }),

    countries: (options?: CallOptions) =>
      call<Country[]>({ method: 'GET', path: '/v1/country-info', options }),
  }
}
