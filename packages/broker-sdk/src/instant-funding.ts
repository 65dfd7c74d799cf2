import type {
  CreateInstantFundingBody,
  CreateSettlementBody,
  InstantFundingAccountLimitBody,
  InstantFundingBody,
  InstantFundingLimitBody,
  InstantFundingReportBody,
  SettlementBody,
} from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, CreateOptions, Transport } from './transport.ts'

export type InstantFunding = Open<InstantFundingBody>
export type InstantFundingReport = Open<InstantFundingReportBody>
export type InstantFundingSettlement = Open<SettlementBody>
export type CreateInstantFunding = CreateInstantFundingBody
export type CreateInstantFundingSettlement = CreateSettlementBody
export type ListInstantFunding = { sort_by?: 'created_at'; sort_order?: 'ASC' | 'DESC' }
export type InstantFundingReportRequest = { report_type?: 'summary' | 'detail'; system_date?: string }

const PATH = '/v1/instant_funding'

export function instantFundingCalls({ call }: Transport) {
  const pathOf = (id: string) => `${PATH}/${encodeURIComponent(id)}`
  return {
    /** Accounts are named by number. The same `idempotencyKey` answers the same advance. */
    create: (funding: CreateInstantFunding, options?: CreateOptions) =>
      call<InstantFunding>({ method: 'POST', path: PATH, body: funding, options }),

    list: (filter: ListInstantFunding = {}, options?: CallOptions) =>
      call<InstantFunding[]>({ method: 'GET', path: PATH, query: filter, options }),

    get: (id: string, options?: CallOptions) =>
      call<InstantFunding>({ method: 'GET', path: pathOf(id), options }),

    /** Only until it is settled. What the account has spent of it is then a debit. */
    cancel: (id: string, options?: CallOptions) =>
      call<InstantFunding>({ method: 'DELETE', path: pathOf(id), options }),

    limits: (options?: CallOptions) =>
      call<InstantFundingLimitBody>({ method: 'GET', path: `${PATH}/limits`, options }),

    accountLimits: (accountNumbers: readonly string[], options?: CallOptions) =>
      call<InstantFundingAccountLimitBody[]>({
        method: 'GET',
        path: `${PATH}/limits/accounts`,
        query: { account_numbers: accountNumbers },
        options,
      }),

    report: (request: InstantFundingReportRequest = {}, options?: CallOptions) =>
      call<InstantFundingReport>({ method: 'GET', path: `${PATH}/reports`, query: request, options }),

    /** One settlement at a time. */
    settle: (settlement: CreateInstantFundingSettlement, options?: CreateOptions) =>
      call<InstantFundingSettlement>({
        method: 'POST',
        path: `${PATH}/settlements`,
        body: settlement,
        options,
      }),

    listSettlements: (options?: CallOptions) =>
      call<InstantFundingSettlement[]>({ method: 'GET', path: `${PATH}/settlements`, options }),

    getSettlement: (id: string, options?: CallOptions) =>
      call<InstantFundingSettlement>({
        method: 'GET',
        path: `${PATH}/settlements/${encodeURIComponent(id)}`,
        options,
      }),
  }
}
