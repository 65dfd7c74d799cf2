import { newId } from '@paddock/kernel'
import { scheduleJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount } from '../accounts/account-store.ts'
import { lockLinkableAccount } from '../ach/linkable-account.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { appendEvent } from '../events/append-event.ts'
import { findFixture } from '../transfers/fixture.ts'
import { findBankStatus, insertBank, setBankStatus } from './bank-store.ts'
import type { BankId, BankStatus, RecipientBank } from './recipient-bank.ts'

export type NewBank = Pick<RecipientBank, 'name' | 'bankCode' | 'bankCodeType' | 'accountNumber' | 'address'>

export type AdvanceBank = {
  readonly accountId: AccountId
  readonly bankId: BankId
  /** Where the path begins; a bank that is elsewhere by then was removed. */
  readonly from: BankStatus
  readonly path: readonly BankStatus[]
}

export const ADVANCE_BANK = 'advance-recipient-bank'

const STEP_SECONDS = 1

/** What becomes of a bank whose name holds a fixture (contracts/alpaca/recipient-banks.md §3). */
const fixturePaths: Readonly<Record<string, readonly BankStatus[]>> = {
  QUEUED: [],
  SENT_TO_CLEARING: ['SENT_TO_CLEARING'],
  REJECTED: ['SENT_TO_CLEARING', 'REJECTED'],
}

/** Adds the account's recipient bank: QUEUED, and approved in two steps of a second each. */
export async function addBank(
  ctx: BrokerContext,
  accountId: AccountId,
  bank: NewBank,
): Promise<RecipientBank> {
  const now = ctx.clock.now()
  const added: RecipientBank = {
    ...bank,
    id: newId() as BankId,
    accountId,
    status: 'QUEUED',
    createdAt: now,
    updatedAt: now,
  }
  await transact(ctx, async (tx) => {
    await lockLinkableAccount(tx, accountId)
    await insertBank(ctx, tx, added)
    await appendBankEvent(tx, { accountId, bankId: added.id, from: undefined, to: 'QUEUED' }, now)
    const path = fixturePaths[findFixture(bank.name) ?? ''] ?? ['SENT_TO_CLEARING', 'APPROVED']
    await scheduleStep(tx, { accountId, bankId: added.id, from: 'QUEUED', path }, now)
  })
  return added
}

/** Takes the first step of the path and plans the rest. Does nothing the second time. */
export async function advanceBank(ctx: BrokerContext, job: AdvanceBank): Promise<void> {
  const { accountId, bankId, from, path } = job
  const [to, ...rest] = path
  if (to === undefined) return
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    if ((await findBankStatus(tx, accountId, bankId)) !== from) return
    const now = ctx.clock.now()
    await setBankStatus(tx, accountId, bankId, to, now)
    await appendBankEvent(tx, { accountId, bankId, from, to }, now)
    await scheduleStep(tx, { accountId, bankId, from: to, path: rest }, now)
  })
}

async function scheduleStep(tx: Tx, job: AdvanceBank, now: Temporal.Instant): Promise<void> {
  const [to] = job.path
  if (to === undefined) return
  await scheduleJob(tx, {
    queue: ADVANCE_BANK,
    key: `${job.bankId}:${to}`,
    runAt: now.add({ seconds: STEP_SECONDS }),
    payload: job,
  })
}

type BankChange = {
  readonly accountId: AccountId
  readonly bankId: BankId
  readonly from: BankStatus | undefined
  readonly to: BankStatus
}

export async function appendBankEvent(tx: Tx, change: BankChange, now: Temporal.Instant): Promise<void> {
  await appendEvent(tx, {
    accountId: change.accountId,
    stream: 'wire_bank',
    entityId: change.bankId,
    statusFrom: change.from ?? '',
    statusTo: change.to,
    at: now,
    payload: { reason: change.to === 'REJECTED' ? 'the bank does not know the account' : '' },
  })
}
