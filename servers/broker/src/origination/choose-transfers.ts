import { type Selectable, sql } from 'kysely'
import type { AccountId } from '../accounts/account.ts'
import type { LockedAccount } from '../accounts/account-store.ts'
import { mayTransfer } from '../accounts/permissions.ts'
import type { BankVersion } from '../ach/bank-version.ts'
import { currentBanks } from '../ach/bank-version-store.ts'
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
  const ready = rows.flatMap((row) => {
    const transfer = toTransfer(row)
    const account = accounts.get(transfer.accountId)
    const isReady = isSendable(transfer) && account !== undefined && mayTransfer(account, transfer.direction)
    return isReady ? [{ transfer, ownerType: ownerTypeOf(row.owner_account_type) }] : []
  })
  const banks = await currentBanks(
    ctx,
    tx,
    ready.map(({ transfer }) => ({ accountId: transfer.accountId, relationshipId: bankOf(transfer) })),
  )
  return ready.flatMap(({ transfer, ownerType }) => {
    const bank = banks.get(bankOf(transfer))
    if (bank === undefined || refusalOfNumbers(bank) !== undefined) return []
    const dates = datesOf(ctx, transfer, now)
    return [toChosen(transfer, { bank, ownerType, dates, tried: tries.get(transfer.id) })]
  })
}

const bankOf = ({ counterpart }: Transfer): RelationshipId =>
  (counterpart.type === 'ach' ? counterpart.relationshipId : '') as RelationshipId

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

type EntryFacts = {
  readonly bank: BankVersion
  readonly ownerType: OwnerType
  readonly dates: SendingDates
  readonly tried: Tried | undefined
}

function toChosen(transfer: Transfer, { bank, ownerType, dates, tried }: EntryFacts): ChosenTransfer {
  const { accountId, id, direction, amountMinor, presentation } = transfer
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
