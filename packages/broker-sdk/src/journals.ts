import type {
  BatchJournalBody,
  CreateJournalBatchBody,
  CreateJournalBody,
  CreateReverseJournalBatchBody,
  JournalBody,
} from '@paddock/broker-wire'
import type { Open } from './open.ts'
import type { CallOptions, CreateOptions, Transport } from './transport.ts'

export type Journal = Open<JournalBody>
export type BatchJournal = Open<BatchJournalBody>
export type CreateJournal = CreateJournalBody
export type CreateJournalBatch = CreateJournalBatchBody
export type CreateReverseJournalBatch = CreateReverseJournalBatchBody
export type ListJournals = {
  /** Booked, or asked for, after or before this New York day, exclusive. */
  after?: string
  before?: string
  status?: string | readonly string[]
  entry_type?: 'JNLC' | 'JNLS'
  from_account?: string
  to_account?: string
  limit?: number
}

export function journalCalls({ call }: Transport) {
  const pathOf = (journalId: string) => `/v1/journals/${encodeURIComponent(journalId)}`
  return {
    /** With an `idempotencyKey` safe to repeat: the same key and body answer the same journal. */
    create: (journal: CreateJournal, options?: CreateOptions) =>
      call<Journal>({ method: 'POST', path: '/v1/journals', body: journal, options }),

    /** One account gives to many: all of them or none. */
    createBatch: (batch: CreateJournalBatch, options?: CreateOptions) =>
      call<BatchJournal[]>({ method: 'POST', path: '/v1/journals/batch', body: batch, options }),

    /** Many accounts give to one: all of them or none. The vendor has no key for it. */
    createReverseBatch: (batch: CreateReverseJournalBatch, options?: CreateOptions) =>
      call<BatchJournal[]>({ method: 'POST', path: '/v1/journals/reverse_batch', body: batch, options }),

    /** Newest first. */
    list: (filter: ListJournals = {}, options?: CallOptions) =>
      call<Journal[]>({ method: 'GET', path: '/v1/journals', query: filter, options }),

    get: (journalId: string, options?: CallOptions) =>
      call<Journal>({ method: 'GET', path: pathOf(journalId), options }),

    /** Only while it is pending. */
    cancel: (journalId: string, options?: CallOptions) =>
      call<void>({ method: 'DELETE', path: pathOf(journalId), options }),
  }
}
