import { z } from 'zod'
import { SignedMinor } from './scalars.ts'

/** One movement of the firm's settlement account at its bank. Its id is the bank's and never used twice. */
export const StatementLine = z.object({
  id: z.string().min(1),
  posted_at: z.iso.datetime(),
  /** `batch`: a batch of ours settled. `return`: entries came back. `other`: fees and what else there is. */
  kind: z.enum(['batch', 'return', 'other']),
  /** The name of our file in `outbound/`, or of the bank's in `inbound/`, that the movement comes from. */
  file: z.string().nullable(),
  batch_number: z.number().int().positive().nullable(),
  /** Above zero when money came to us. */
  amount_minor: SignedMinor,
  description: z.string(),
})
export type StatementLine = z.infer<typeof StatementLine>

/** The firm's settlement account over one banking day. `STMT_<day>.json` in `inbound/`. */
export const BankStatement = z.object({
  kind: z.literal('statement'),
  day: z.iso.date(),
  opening_minor: SignedMinor,
  lines: z.array(StatementLine),
  closing_minor: SignedMinor,
})
export type BankStatement = z.infer<typeof BankStatement>

export const statementName = (day: string): string => `STMT_${day}.json`
