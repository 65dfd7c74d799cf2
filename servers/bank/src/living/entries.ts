import { newYorkDate } from '@paddock/calendar'
import type { BookedAccount } from '../bank-accounts/bank-account.ts'
import { type Living, nextNo } from './live.ts'

/** Movements whose telling is not ours: the past carries the opening, and living tells what it books. */
const TOLD_OTHERWISE = ['opening', 'living']

/** What others moved on these accounts, by ACH or at the counter, is told as well: each entry once. */
export async function tellEntries(living: Living): Promise<void> {
  const { tx, accounts, life } = living
  const byId = new Map([...accounts.values()].map((account) => [account.id, account]))
  if (byId.size === 0) return
  const unseen = await tx
    .selectFrom('bank_entries as entry')
    .innerJoin('bank_movements as movement', 'movement.id', 'entry.movement_id')
    .leftJoin('bank_transactions as told', (join) =>
      join.onRef('told.account_id', '=', 'entry.account_id').onRef('told.entry_seq', '=', 'entry.seq'),
    )
    .select(['entry.account_id', 'entry.seq', 'entry.amount_minor', 'told.id as told_as'])
    .select(['movement.kind', 'movement.description', 'movement.at'])
    .where(({ or, and, eb }) =>
      or(
        [...byId.keys()].map((id) =>
          and([eb('entry.account_id', '=', id), eb('entry.seq', '>', life.entriesSeen[id] ?? 0n)]),
        ),
      ),
    )
    .orderBy('movement.at')
    .orderBy('entry.account_id')
    .orderBy('entry.seq')
    .execute()
  for (const { account_id: id, seq } of unseen) {
    if (seq > (life.entriesSeen[id] ?? 0n)) life.entriesSeen[id] = seq
  }
  const rows = unseen.filter(
    (row) => row.amount_minor !== 0n && !TOLD_OTHERWISE.includes(row.kind) && row.told_as === null,
  )
  for (const row of rows) {
    const account = byId.get(row.account_id)
    if (account === undefined) continue
    const on = newYorkDate(row.at)
    living.changes.push({
      accountId: row.account_id,
      id: `entry.${row.seq}`,
      changedNo: nextNo(living.life),
      state: 'posted',
      amountMinor: row.amount_minor,
      name: row.description,
      merchantId: null,
      category: categoryOf(account, row.kind, row.amount_minor),
      confidence: 'HIGH',
      method: row.kind.startsWith('ach') ? 'ach' : 'transfer',
      date: on,
      authorizedOn: on,
      pendingId: null,
      entrySeq: row.seq,
    })
  }
}

function categoryOf({ type }: BookedAccount, kind: string, amountMinor: bigint): string {
  if (type !== 'depository') return amountMinor > 0n ? 'LOAN_PAYMENTS_OTHER_PAYMENT' : 'OTHER_OTHER'
  if (kind.startsWith('ach')) {
    return amountMinor > 0n ? 'TRANSFER_IN_ACCOUNT_TRANSFER' : 'TRANSFER_OUT_ACCOUNT_TRANSFER'
  }
  return amountMinor > 0n ? 'TRANSFER_IN_DEPOSIT' : 'TRANSFER_OUT_WITHDRAWAL'
}
