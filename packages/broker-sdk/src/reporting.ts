import type { AggregatePositionBody, CashInterestBody, EodPositionsBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

export type EodPositions = Open<EodPositionsBody>
export type EodAggregate = Open<{
  asof: string
  positions: AggregatePositionBody[]
  next_page_token: string | null
}>
export type CashInterest = Open<CashInterestBody>

export type ReportFilter = {
  /** The last trading date; another one is refused. */
  asof?: string
  account_id?: string
  asset?: string
  limit?: number
}

/** Reports of the end of the last trading day, page by page. */
export function reportingCalls({ call }: Transport) {
  async function* pagesOf<Page extends { next_page_token: string | null }>(
    path: string,
    filter: ReportFilter,
    options: CallOptions | undefined,
  ): AsyncGenerator<Page> {
    let pageToken: string | undefined
    do {
      const query = { ...filter, page_token: pageToken }
      const page = await call<Page>({ method: 'GET', path: `/v1/reporting/eod/${path}`, query, options })
      yield page
      pageToken = page.next_page_token ?? undefined
    } while (pageToken !== undefined)
  }
  return {
    positions: (filter: ReportFilter = {}, options?: CallOptions) =>
      pagesOf<EodPositions>('positions', filter, options),
    aggregatePositions: (filter: Omit<ReportFilter, 'account_id'> = {}, options?: CallOptions) =>
      pagesOf<EodAggregate>('aggregate_positions', filter, options),
    cashInterest: (filter: Omit<ReportFilter, 'asset'> = {}, options?: CallOptions) =>
      pagesOf<CashInterest>('cash_interest', filter, options),
  }
}
