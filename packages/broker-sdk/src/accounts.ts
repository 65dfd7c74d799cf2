import type { AccountBody, CreateAccountBody, ListAccountsQuery } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, CreateOptions, Transport } from './transport.ts'

export type Account = Open<AccountBody>
export type CreateAccount = CreateAccountBody
export type ListAccounts = ListAccountsQuery

export function accountCalls({ call }: Transport) {
  return {
    /** Opens an account. Its e-mail address is unique: a second one is refused with 409. */
    create: (account: CreateAccount, options?: CreateOptions) =>
      call<Account>({ method: 'POST', path: '/v1/accounts', body: account, options }),

    get: (accountId: string, options?: CallOptions) =>
      call<Account>({ method: 'GET', path: `/v1/accounts/${encodeURIComponent(accountId)}`, options }),

    /** At most 1,000, newest first. */
    list: (filter: ListAccounts = {}, options?: CallOptions) =>
      call<Account[]>({ method: 'GET', path: '/v1/accounts', query: filter, options }),
  }
}
