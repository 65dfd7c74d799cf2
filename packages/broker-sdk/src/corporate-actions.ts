import type { AnnouncementBody, CorporateActionsBody } from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, Transport } from './transport.ts'

export type Announcement = Open<AnnouncementBody>
export type CorporateActions = Open<CorporateActionsBody>

export type ListAnnouncements = {
  ca_types: readonly ('dividend' | 'merger' | 'spinoff' | 'split')[]
  /** Dates, both included, at most 90 days apart. */
  since: string
  until: string
  symbol?: string
  cusip?: string
  date_type?: 'declaration_date' | 'ex_date' | 'record_date' | 'payable_date'
}

export type ListCorporateActions = {
  symbols?: readonly string[]
  types?: readonly string[]
  start?: string
  end?: string
  /** 1 to 1,000 a page, over all kinds; the vendor's default is 100. */
  limit?: number
  sort?: 'asc' | 'desc'
}

export function corporateActionCalls({ call }: Transport) {
  return {
    announcements: (filter: ListAnnouncements, options?: CallOptions) =>
      call<Announcement[]>({
        method: 'GET',
        path: '/v1/corporate_actions/announcements',
        query: filter,
        options,
      }),

    announcement: (id: string, options?: CallOptions) =>
      call<Announcement>({
        method: 'GET',
        path: `/v1/corporate_actions/announcements/${encodeURIComponent(id)}`,
        options,
      }),

    /** From the data host, grouped by kind, page by page. */
    async *pages(filter: ListCorporateActions = {}, options?: CallOptions): AsyncGenerator<CorporateActions> {
      let pageToken: string | undefined
      do {
        const query = { ...filter, page_token: pageToken }
        const page = await call<CorporateActions>({
          method: 'GET',
          host: 'data',
          path: '/v1/corporate-actions',
          query,
          options,
        })
        yield page
        pageToken = page.next_page_token ?? undefined
      } while (pageToken !== undefined)
    },
  }
}
