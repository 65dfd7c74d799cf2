import { newYorkDate } from '@paddock/calendar'
import { lockAccount } from '../accounts/account-store.ts'
import { endLink } from '../ach/end-link.ts'
import { appendRelationshipEvent } from '../ach/link-bank.ts'
import { findRelationship, setRelationshipStatus } from '../ach/relationship-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { type Proof, ProofRejected } from './proof.ts'
import { findProof, updateProof } from './proof-store.ts'
import type { ProofJob } from './prove-numbers.ts'
import { sealFile } from './seal-file.ts'
import { sendFiles } from './send-files.ts'

const MOST_TRIES = 3

/** At its cut-off. The file may take transfers with it. */
export async function sendProof(ctx: BrokerContext, job: ProofJob): Promise<void> {
  const proof = await findProof(ctx, ctx.db, job)
  if (proof?.state === 'REQUESTED') await sealFile(ctx)
  await sendFiles(ctx)
}

/** Nobody has answered the prenote, so the account is there; or nobody has told the amounts, so it is not proved. */
export async function endProof(ctx: BrokerContext, job: ProofJob): Promise<void> {
  await transact(ctx, async (tx) => {
    await lockAccount(tx, job.accountId)
    const proof = await findProof(ctx, tx, job)
    const now = ctx.clock.now()
    // A repetition of this job that meets a later end has nothing to do.
    if (proof?.state !== 'SENT' || !isOver(proof, now)) return
    if (proof.method === 'PRENOTE') return approve(tx, proof, now)
    const reason = 'the amounts were not told in time'
    await updateProof(tx, proof, { state: 'EXPIRED', reason }, now)
    await endLink(tx, proof.accountId, proof.relationshipId, reason, now)
  })
}

const isOver = ({ expiresAt }: Proof, now: Temporal.Instant) =>
  expiresAt !== undefined && Temporal.Instant.compare(now, expiresAt) >= 0

/** What the customer found on his account; in any order, in cents. After three wrong answers the link is dead. */
export async function confirmAmounts(
  ctx: BrokerContext,
  job: ProofJob,
  told: readonly bigint[],
): Promise<'VERIFIED' | 'SENT' | 'LOCKED'> {
  return transact(ctx, async (tx) => {
    await lockAccount(tx, job.accountId)
    const proof = await findProof(ctx, tx, job)
    const now = ctx.clock.now()
    if (proof?.method !== 'MICRO_DEPOSITS') throw new ProofRejected('proof_not_found')
    if (proof.state === 'VERIFIED') return 'VERIFIED'
    if (proof.state === 'LOCKED') throw new ProofRejected('proof_locked')
    const isVisible = Temporal.PlainDate.compare(newYorkDate(now), proof.provableOn) >= 0
    if (proof.state !== 'SENT' || !isVisible)
      throw new ProofRejected('proof_not_ready', { state: proof.state })
    if (isSame(proof.amounts, told)) {
      await approve(tx, proof, now)
      return 'VERIFIED'
    }
    return countMiss(tx, proof, now)
  })
}

const inOrder = (amounts: readonly bigint[]) => amounts.toSorted((a, b) => (a < b ? -1 : 1)).join(' ')

const isSame = (amounts: readonly bigint[], told: readonly bigint[]) => inOrder(amounts) === inOrder(told)

async function countMiss(tx: Tx, proof: Proof, now: Temporal.Instant): Promise<'SENT' | 'LOCKED'> {
  const tries = proof.tries + 1
  if (tries < MOST_TRIES) {
    await updateProof(tx, proof, { tries }, now)
    return 'SENT'
  }
  const reason = 'the amounts were wrong three times'
  await updateProof(tx, proof, { state: 'LOCKED', tries, reason }, now)
  await endLink(tx, proof.accountId, proof.relationshipId, reason, now)
  return 'LOCKED'
}

async function approve(tx: Tx, proof: Proof, now: Temporal.Instant): Promise<void> {
  const { accountId, relationshipId } = proof
  await updateProof(tx, proof, { state: 'VERIFIED' }, now)
  const from = (await findRelationship(tx, accountId, relationshipId))?.status
  if (from !== 'QUEUED' && from !== 'PENDING') return
  await setRelationshipStatus(tx, accountId, relationshipId, 'APPROVED', now)
  await appendRelationshipEvent(tx, { accountId, relationshipId, from, to: 'APPROVED' }, now)
}
