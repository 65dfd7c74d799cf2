import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { administrativeCodes, unauthorizedCodes } from './return-groups.ts'

/** What a return says about us, and from where on the network asks questions (contracts/nacha/risk.md §5). */
export type RateName = 'unauthorized' | 'administrative' | 'overall'

/** In hundredths of a percent; and how many returns it takes at least, because one of ten is no rate. */
export const rateLevels: Readonly<
  Record<RateName, { readonly level: bigint; readonly leastHalf: number; readonly leastOver: number }>
> = {
  unauthorized: { level: 50n, leastHalf: 2, leastOver: 3 },
  administrative: { level: 300n, leastHalf: 3, leastOver: 6 },
  overall: { level: 1_500n, leastHalf: 5, leastOver: 10 },
}

export const RATE_WINDOW_DAYS = 60

export type RateLevel = 'ok' | 'half' | 'over'

export type ReturnFigures = {
  readonly companyId: string
  readonly secCode: string
  readonly purpose: 'transfers' | 'prenotes' | 'micro_deposits'
  /** Debits that were sent within the window. */
  readonly entries: number
  /** Those of them that came back. */
  readonly unauthorized: number
  readonly administrative: number
  readonly overall: number
}

/**
 * What came back of the debits that were sent within sixty days, `day` included; a return counts in the period
 * of its entry. Entries that went down with a rejected file were never sent.
 */
export async function readReturnFigures(
  db: Db,
  companyId: string,
  day: Temporal.PlainDate,
): Promise<ReturnFigures[]> {
  const { rows } = await sql<Omit<ReturnFigures, 'companyId'>>`
    with sent as (
      select batch.sec_code, entry.id, case entry.purpose when 'TRANSFER' then 'transfers'
        when 'PRENOTE' then 'prenotes' else 'micro_deposits' end as purpose,
        (select code from ach_answers as answer where answer.entry_id = entry.id and answer.kind = 'RETURN'
          and answer.state in ('APPLIED', 'RESOLVED') order by answer.created_at, answer.id limit 1) as answered,
        transfer.return_code
      from ach_batches as batch
      join ach_files as file on file.id = batch.file_id and file.status <> 'REJECTED'
      join ach_entries as entry on entry.file_id = batch.file_id and entry.batch_number = batch.number
        and entry.status <> 'REJECTED' and substr(entry.transaction_code, 2) in ('7', '8')
      left join transfers as transfer on transfer.account_id = entry.account_id and transfer.id = entry.transfer_id
      where file.created_on <= ${day.toString()}::date
        and file.created_on > ${day.subtract({ days: RATE_WINDOW_DAYS }).toString()}::date
    ), judged as (
      select sec_code, purpose, coalesce(answered, return_code) as code from sent
    )
    select sec_code as "secCode", purpose, count(*)::integer as entries,
      (count(*) filter (where code = any(${unauthorizedCodes}::text[])))::integer as unauthorized,
      (count(*) filter (where code = any(${administrativeCodes}::text[])))::integer as administrative,
      (count(*) filter (where code is not null))::integer as overall
    from judged group by 1, 2 order by 1, 2`.execute(db)
  return rows.map((row) => ({ companyId, ...row }))
}

/** Hundredths of a percent, rounded down: 49.9 of a hundred are not yet 50. */
export const rateOf = (figures: ReturnFigures, name: RateName): bigint =>
  figures.entries === 0 ? 0n : (BigInt(figures[name]) * 10_000n) / BigInt(figures.entries)

/** How far one of the rates has come. Only customers' money counts: prenotes and micro-deposits are told apart. */
export function levelOf(figures: ReturnFigures, name: RateName): RateLevel {
  if (figures.purpose !== 'transfers') return 'ok'
  const { level, leastHalf, leastOver } = rateLevels[name]
  const [count, entries] = [BigInt(figures[name]), BigInt(figures.entries)]
  const reaches = (basis: bigint, least: number) =>
    count >= BigInt(least) && count * 20_000n >= basis * entries
  if (reaches(2n * level, leastOver)) return 'over'
  return reaches(level, leastHalf) ? 'half' : 'ok'
}

export const rateNames = ['unauthorized', 'administrative', 'overall'] as const

export function worstLevel(figures: ReturnFigures): RateLevel {
  const levels = rateNames.map((name) => levelOf(figures, name))
  return levels.includes('over') ? 'over' : levels.includes('half') ? 'half' : 'ok'
}

/** 150 hundredths are `1.50`. */
export const formatHundredths = (hundredths: bigint): string =>
  `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`
