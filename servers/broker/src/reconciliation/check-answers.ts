import { newYorkDate } from '@paddock/calendar'
import { formatUsd, type UsdMinor } from '@paddock/money'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { levelOf, rateNames, readReturnFigures } from '../risk/return-rates.ts'
import { type Compared, type Found, type ReconciliationCheck, WINDOW_DAYS } from './reconciliation.ts'

type AnswerRow = {
  id: string
  kind: string
  code: string
  original_trace: string
  amount_minor: bigint
  parked_because: string
  created_at: Temporal.Instant
}

/** Answers that matched in less than everything, and files that nobody could read, wait for a person. */
export const answersCheck: ReconciliationCheck = {
  name: 'answers',
  async compare(_ctx, db, day): Promise<Compared> {
    const since = day.subtract({ days: WINDOW_DAYS }).toString()
    const { rows: counted } = await sql<{ count: number }>`
      select count(*)::integer as count from ach_answers where created_at > ${since}::date`.execute(db)
    const { rows: parked } = await sql<AnswerRow>`
      select id::text as id, kind, code, original_trace, amount_minor, parked_because, created_at
      from ach_answers where state = 'PARKED' order by created_at, id`.execute(db)
    return {
      compared: counted[0]?.count ?? 0,
      found: [...parked.map(parkedAnswer), ...(await readParkedFiles(db))],
    }
  },
}

const parkedAnswer = (row: AnswerRow): Found => ({
  kind: 'answer_parked',
  subject: row.id,
  amountMinor: row.amount_minor,
  facts: {
    answer: row.id,
    kind: row.kind,
    code: row.code,
    original_trace: row.original_trace,
    amount: formatUsd(row.amount_minor as UsdMinor),
    because: row.parked_because,
  },
  guess: `the answer was not applied: ${row.parked_because.replaceAll('_', ' ')}`,
  since: newYorkDate(row.created_at),
})

async function readParkedFiles(db: Db): Promise<Found[]> {
  const { rows } = await sql<{ name: string; kind: string; received_at: Temporal.Instant }>`
    select name, kind, received_at from ach_inbound_files where status = 'PARKED' order by received_at, id`.execute(
    db,
  )
  return rows.map(({ name, kind, received_at: receivedAt }) => ({
    kind: 'inbound_file_parked',
    subject: name,
    amountMinor: 0n,
    facts: { file: name, kind },
    guess: 'the file breaks its format so far that nothing of it was applied',
    since: newYorkDate(receivedAt),
  }))
}

/** How many returns there are by now of what was sent, against the network's levels. */
export const returnRatesCheck: ReconciliationCheck = {
  name: 'return_rates',
  async compare({ ach }, db, day): Promise<Compared> {
    const groups = await readReturnFigures(db, ach.agreement.companyId, day)
    const found = groups.flatMap((figures) =>
      rateNames
        .filter((name) => levelOf(figures, name) === 'over')
        .map(
          (name): Found => ({
            kind: 'return_rate_over',
            subject: `${figures.companyId} ${figures.secCode} ${name}`,
            amountMinor: 0n,
            facts: { entries: figures.entries, returned: figures[name] },
            guess: 'look for one cause: a program, a bank, or somebody who tries out account numbers',
            since: day,
          }),
        ),
    )
    return { compared: groups.reduce((total, { entries }) => total + entries, 0), found }
  },
}
