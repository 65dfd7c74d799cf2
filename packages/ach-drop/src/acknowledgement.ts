import { z } from 'zod'
import { Count, Minor } from './scalars.ts'

/** One rule that a file breaks (contracts/nacha): where, and what is wrong with it. */
export const Finding = z.object({
  line: z.number().int().nonnegative().nullable(),
  field: z.string().nullable(),
  rule: z.string(),
  message: z.string(),
})
export type Finding = z.infer<typeof Finding>

/**
 * What the operator says about a file that it picked up: taken with these totals, or refused as a whole
 * for these reasons. `ACK_<name of the file>.json` in `inbound/`.
 */
export const Acknowledgement = z.object({
  kind: z.literal('acknowledgement'),
  /** The name under which the file lay in `outbound/`. */
  file: z.string(),
  /** The reference code of the file's header, without its spaces. */
  reference: z.string(),
  received_at: z.iso.datetime(),
  status: z.enum(['accepted', 'rejected']),
  findings: z.array(Finding),
  batches: Count,
  entries: Count,
  debits_minor: Minor,
  credits_minor: Minor,
})
export type Acknowledgement = z.infer<typeof Acknowledgement>

export const acknowledgementName = (file: string): string => `ACK_${file}.json`
