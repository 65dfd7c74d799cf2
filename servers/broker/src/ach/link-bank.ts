import { newId } from '@paddock/kernel'
import { scheduleJob } from '@paddock/service'
import type { AccountId } from '../accounts/account.ts'
import { lockAccount, requireAccount } from '../accounts/account-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { appendEvent } from '../events/append-event.ts'
import { startProof } from '../origination/prove-numbers.ts'
import { assessNewBank } from '../risk/bank-velocity.ts'
import { keepDecision, withEvidence } from '../risk/decision-store.ts'
import { findFixture } from '../transfers/fixture.ts'
import { lockLinkableAccount } from './linkable-account.ts'
import {
  type Relationship,
  type RelationshipId,
  RelationshipRejected,
  type RelationshipStep,
} from './relationship.ts'
import {
  findRelationship,
  hasActiveRelationship,
  insertRelationship,
  setRelationshipStatus,
} from './relationship-store.ts'

export type BankNumbers = Pick<
  Relationship,
  'accountOwnerName' | 'bankAccountType' | 'bankAccountNumber' | 'bankRoutingNumber' | 'nickname'
>

export type ApproveRelationship = {
  readonly accountId: AccountId
  readonly relationshipId: RelationshipId
}

export type JudgeRelationship = ApproveRelationship & { readonly verdict?: Verdict }

/** What the checks say of a new relationship; `PENDING` leaves it to an operator. */
type Verdict = 'APPROVED' | 'PENDING' | 'REJECTED'

export const APPROVE_RELATIONSHIP = 'approve-relationship'

const APPROVAL_SECONDS = 1

/** Links a bank account whose numbers the customer gave; approved a moment later. */
export async function linkBankByNumbers(
  ctx: BrokerContext,
  accountId: AccountId,
  numbers: BankNumbers,
): Promise<Relationship> {
  return linkBank(ctx, accountId, { ...numbers, approvalMethod: 'CORRESPONDENT', processorToken: undefined })
}

/**
 * Links the bank account behind a processor token. The bank is asked outside of any transaction, and
 * nothing is stored unless it told everything.
 */
export async function linkBankByToken(
  ctx: BrokerContext,
  accountId: AccountId,
  processorToken: string,
  nickname: string | undefined,
): Promise<Relationship> {
  // Asked again under the lock; here it only spares the bank a question whose answer is no.
  await requireAccount(ctx.db, accountId)
  if (await hasActiveRelationship(ctx.db, accountId)) throw new RelationshipRejected('relationship_exists')
  const facts = await ctx.bank.redeem(processorToken)
  return linkBank(ctx, accountId, {
    approvalMethod: 'PLAID',
    accountOwnerName: facts.ownerName,
    bankAccountType: facts.type,
    bankAccountNumber: facts.accountNumber,
    bankRoutingNumber: facts.routingNumber,
    nickname: nickname ?? facts.nickname,
    processorToken,
  })
}

/** What the agenda does with a new relationship: QUEUED becomes what was found, anything else stays. */
export async function approveRelationship(ctx: BrokerContext, job: JudgeRelationship): Promise<void> {
  const { accountId, relationshipId, verdict = 'APPROVED' } = job
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const relationship = await findRelationship(tx, accountId, relationshipId)
    if (relationship?.status !== 'QUEUED') return
    const now = ctx.clock.now()
    await setRelationshipStatus(tx, accountId, relationshipId, verdict, now)
    await appendRelationshipEvent(
      tx,
      { accountId, relationshipId, from: 'QUEUED', to: verdict, reason: reasons[verdict] },
      now,
    )
  })
}

async function linkBank(
  ctx: BrokerContext,
  accountId: AccountId,
  bank: BankNumbers & Pick<Relationship, 'approvalMethod' | 'processorToken'>,
): Promise<Relationship> {
  const now = ctx.clock.now()
  const relationship: Relationship = {
    ...bank,
    id: newId() as RelationshipId,
    accountId,
    status: 'QUEUED',
    accountMask: bank.bankAccountNumber.slice(-4),
    createdAt: now,
    updatedAt: now,
  }
  const link = async (tx: Tx): Promise<void> => {
    const account = await lockLinkableAccount(tx, accountId)
    const decision = await assessNewBank(ctx, tx, account, now)
    await insertRelationship(ctx, tx, relationship)
    await keepDecision(tx, decision, relationship.id)
    const job = { accountId, relationshipId: relationship.id }
    await appendRelationshipEvent(tx, { ...job, from: undefined, to: 'QUEUED' }, now)
    const verdict = await provedVerdict(ctx, tx, relationship, now)
    if (verdict === undefined) return
    const payload: JudgeRelationship = { ...job, verdict }
    const runAt = now.add({ seconds: APPROVAL_SECONDS })
    await scheduleJob(tx, { queue: APPROVE_RELATIONSHIP, key: relationship.id, runAt, payload })
  }
  await withEvidence(ctx, () => transact(ctx, link))
  return relationship
}

const reasons: Readonly<Partial<Record<Verdict, string>>> = {
  PENDING: 'waits for a review',
  REJECTED: 'the bank knows the owner by another name',
}

/** A nickname may ask for a verdict, or with QUEUED for none (contracts/alpaca/ach-relationships.md §4). */
function verdictOf(nickname: string | undefined): Verdict | undefined {
  const wanted = findFixture(nickname ?? '')
  if (wanted === 'QUEUED') return undefined
  return wanted === 'PENDING' || wanted === 'REJECTED' ? wanted : 'APPROVED'
}

/** Typed numbers may have to be proved first; the token of the bank itself proves its own. */
async function provedVerdict(
  ctx: BrokerContext,
  tx: Tx,
  { accountId, id: relationshipId, approvalMethod, nickname }: Relationship,
  now: Temporal.Instant,
): Promise<Verdict | undefined> {
  const verdict = verdictOf(nickname)
  const { proof } = ctx.ach
  if (verdict !== 'APPROVED' || approvalMethod === 'PLAID' || proof === 'trusted') return verdict
  const method = proof === 'prenote' ? 'PRENOTE' : 'MICRO_DEPOSITS'
  await startProof(ctx, tx, { accountId, relationshipId, method }, now)
  return 'PENDING'
}

type RelationshipChange = ApproveRelationship & {
  readonly from: RelationshipStep | undefined
  readonly to: RelationshipStep
  readonly reason?: string | undefined
}

export async function appendRelationshipEvent(
  tx: Tx,
  { accountId, relationshipId, from, to, reason = '' }: RelationshipChange,
  now: Temporal.Instant,
): Promise<void> {
  await appendEvent(tx, {
    accountId,
    stream: 'bank_relationship',
    entityId: relationshipId,
    statusFrom: from ?? '',
    statusTo: to,
    at: now,
    payload: { reason },
  })
}
