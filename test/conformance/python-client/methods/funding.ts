import { z } from 'zod'
import { ACHRelationship, Bank, BatchJournalResponse, Journal, Transfer } from '../models/funding.ts'
import type { QueryValue } from '../python-text.ts'
import type { PythonTransport } from '../transport.ts'

type Query = Record<string, QueryValue>

/** Banks, transfers and journals. */
export const fundingMethods = {
  create_ach_relationship_for_account: (http: PythonTransport, id: string, data: object) =>
    http.post(`/accounts/${id}/ach_relationships`, ACHRelationship, data),

  /** Statuses go as one list with commas. */
  get_ach_relationships_for_account: (http: PythonTransport, id: string, statuses?: readonly string[]) =>
    http.get(`/accounts/${id}/ach_relationships`, z.array(ACHRelationship), {
      statuses: statuses?.join(','),
    }),

  delete_ach_relationship_for_account: (http: PythonTransport, id: string, relationship: string) =>
    http.nothing('DELETE', `/accounts/${id}/ach_relationships/${relationship}`),

  create_bank_for_account: (http: PythonTransport, id: string, data: object) =>
    http.post(`/accounts/${id}/recipient_banks`, Bank, data),

  get_banks_for_account: (http: PythonTransport, id: string) =>
    http.get(`/accounts/${id}/recipient_banks`, z.array(Bank)),

  delete_bank_for_account: (http: PythonTransport, id: string, bank: string) =>
    http.nothing('DELETE', `/accounts/${id}/recipient_banks/${bank}`),

  create_transfer_for_account: (http: PythonTransport, id: string, data: object) =>
    http.post(`/accounts/${id}/transfers`, Transfer, { timing: 'immediate', ...data }),

  /** Asks on, with the number of rows it has as offset, until there are none. */
  get_transfers_for_account: async (http: PythonTransport, id: string, filter: Query = {}) => {
    const found: z.infer<typeof Transfer>[] = []
    for (;;) {
      const query = { ...filter, offset: found.length }
      const rows = await http.get(`/accounts/${id}/transfers`, z.array(Transfer), query)
      if (rows.length === 0) return found
      found.push(...rows)
      if (found.length > 10_000) throw new Error('the pages of transfers have no end')
    }
  },

  cancel_transfer_for_account: (http: PythonTransport, id: string, transfer: string) =>
    http.nothing('DELETE', `/accounts/${id}/transfers/${transfer}`),

  create_journal: (http: PythonTransport, data: object) => http.post('/journals', Journal, data),

  create_batch_journal: (http: PythonTransport, data: object) =>
    http.post('/journals/batch', z.array(BatchJournalResponse), data),

  create_reverse_batch_journal: (http: PythonTransport, data: object) =>
    http.post('/journals/reverse_batch', z.array(BatchJournalResponse), data),

  get_journals: (http: PythonTransport, filter: Query = {}) =>
    http.get('/journals', z.array(Journal), filter),

  get_journal_by_id: (http: PythonTransport, journal: string) => http.get(`/journals/${journal}`, Journal),

  cancel_journal_by_id: (http: PythonTransport, journal: string) =>
    http.nothing('DELETE', `/journals/${journal}`),
}
