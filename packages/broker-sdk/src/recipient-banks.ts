import type { BankBody, CreateBankBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, CreateOptions, Transport } from './transport.ts'

export type RecipientBank = Open<BankBody>
export type CreateRecipientBank = CreateBankBody
export type ListRecipientBanks = { status?: 'ACTIVE' | 'INACTIVE'; bank_name?: string }

export function recipientBankCalls({ call }: Transport) {
  const pathOf = (accountId: string) => `/v1/accounts/${encodeURIComponent(accountId)}/recipient_banks`
  return {
    /** Where the account's wires go. Refused with 409 while it has an active one. */
    create: (accountId: string, bank: CreateRecipientBank, options?: CreateOptions) =>
      call<RecipientBank>({ method: 'POST', path: pathOf(accountId), body: bank, options }),

    list: (accountId: string, filter: ListRecipientBanks = {}, options?: CallOptions) =>
      call<RecipientBank[]>({ method: 'GET', path: pathOf(accountId), query: filter, options }),

    delete: (accountId: string, bankId: string, options?: CallOptions) =>
      call<void>({ method: 'DELETE', path: `${pathOf(accountId)}/${encodeURIComponent(bankId)}`, options }),
  }
}
