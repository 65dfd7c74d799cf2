import { type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { LockedAccount } from '../accounts/account-store.ts'
import { mayTransfer } from '../accounts/permissions.ts'
import { currentBank } from '../ach/bank-version-store.ts'
import type { RelationshipId } from '../ach/relationship.ts'
import type { BrokerContext } from '../context.ts'
import type { Db, Tx } from '../db/database.ts'
import type { DB } from '../db/schema.ts'
import { isSendable } from '../transfers/originate-transfer.ts'
import type { Transfer, TransferId } from '../transfers/transfer.ts'
import { toTransfer } from '../transfers/transfer-store.ts'
import { type OwnerType, ownerTypeOf, type ReadyEntry, refusalOfNumbers } from './ready-entry.ts'
import { datesWhenSealed, type SendingDates, timetableOn } from './timetable.ts'

export type ChosenTransfer = {
  readonly transfer: Transfer
  readonly entry: ReadyEntry
  readonly dates: SendingDates
}

/**
 * Every ACH transfer whose cut-off has come and whose bank is approved; the accounts are locked. What is not ready
 * is left to its own job, which knows why.
 */
export async function chooseTransfers(
  ctx: BrokerContext,
  tx: Tx,
  accounts: ReadonlyMap<AccountId, LockedAccount>,
  now: Temporal.Instant,
): Promise<ChosenTransfer[]> {
  // Read under the locks: a transfer may have been called back meanwhile.
  const rows = (await listDueTransfers(tx, now)).filter(({ account_id }) =>
    accounts.has(account_id as AccountId),
  )
  const tries = await findTries(
    tx,
    rows.map(({ id }) => id as TransferId),
  )
  const chosen: ChosenTransfer[] = []
  for (const row of rows) {
    const transfer = toTransfer(row)
    const account = accounts.get(transfer.accountId)
    const isReady = isSendable(transfer) && account !== undefined && mayTransfer(account, transfer.direction)
    if (!isReady) continue
    const entry = await toEntry(ctx, tx, transfer, {
      ownerType: ownerTypeOf(row.owner_account_type),
      dates: datesOf(ctx, transfer, now),
      tried: tries.get(transfer.id),
    })
    if (entry !== undefined) chosen.push(entry)
  }
  return chosen
}

type DueRow = Selectable<DB['transfers']> & { owner_account_type: string }

export async function listDueTransfers(db: Db, now: Temporal.Instant): Promise<DueRow[]> {
  const { rows } = await sql<DueRow>`
    select transfers.*, accounts.account_type as owner_account_type from transfers
    join accounts on accounts.id = transfers.account_id
    join ach_relationships as bank
      on bank.account_id = transfers.account_id and bank.id = transfers.relationship_id
    where transfers.transfer_type = 'ach' and transfers.status in ('QUEUED', 'APPROVED')
      and transfers.cutoff_at <= ${now.toString()} and bank.status = 'APPROVED'
    order by transfers.account_id, transfers.id`.execute(db)
  return rows
}

type Tried = { readonly attempt: number; readonly individualId: string }

/** In which try a transfer is whose file was rejected, and what it was called there. */
async function findTries(db: Db, ids: readonly TransferId[]): Promise<Map<string, Tried>> {
  const { rows } = await sql<{ transfer_id: string; attempt: number; individual_id: string }>`
    select distinct on (transfer_id) transfer_id, attempt, individual_id from ach_entries
    where transfer_id = any(${ids}::uuid[]) order by transfer_id, attempt desc`.execute(db)
  return new Map(
    rows.map((row) => [row.transfer_id, { attempt: row.attempt, individualId: row.individual_id }]),
  )
}

function datesOf(
  { ach }: BrokerContext,
  { speed, amountMinor }: Transfer,
  now: Temporal.Instant,
): SendingDates {
  const dates = datesWhenSealed(ach.timetables, now, speed)
  const { sameDayLimitMinor } = timetableOn(ach.timetables, dates.effectiveOn)
  // The limit may have come down since it was asked for.
  return dates.speed === 'SAME_DAY' && amountMinor > sameDayLimitMinor
    ? datesWhenSealed(ach.timetables, now, 'STANDARD')
    : dates
}

async function toEntry(
  ctx: BrokerContext,
  tx: Tx,
  transfer: Transfer,
  { ownerType, dates, tried }: { ownerType: OwnerType; dates: SendingDates; tried: Tried | undefined },
): Promise<ChosenTransfer | undefined> {
  const { accountId, counterpart, id, direction, amountMinor, presentation } = transfer
  const relationshipId = (counterpart.type === 'ach' ? counterpart.relationshipId : '') as RelationshipId
  const bank = await currentBank(ctx, tx, { accountId, relationshipId })
  if (refusalOfNumbers(bank) !== undefined) return undefined
  return {
    transfer,
    dates,
    entry: {
      accountId,
      bank,
      purpose: 'TRANSFER',
      transferId: id,
      attempt: (tried?.attempt ?? 0) + 1,
      individualId: tried?.individualId,
      direction,
      amountMinor,
      ownerType,
      speed: dates.speed,
      effectiveOn: dates.effectiveOn,
      isRetry: presentation > 0,
      key: id,
    },
  }
}
