import { randomInt } from 'node:crypto'
import { addBankingDays, newYorkInstant } from '@paddock/calendar'
import { type Transfer as LedgerTransfer, post } from '@paddock/ledger'
import type { UsdMinor } from '@paddock/money'
import { scheduleJob } from '@paddock/service'
import { sql } from 'kysely'
import type { AccountId, AccountStatus } from '../accounts/account.ts'
import { type LockedAccount, lockAccount } from '../accounts/account-store.ts'
import { currentBank } from '../ach/bank-version-store.ts'
import { findRelationship } from '../ach/relationship-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { transact } from '../db/transact.ts'
import { ACH_CLEARING, ACH_EXPENSES } from '../ledger-accounts.ts'
import type { TransferDirection } from '../transfers/transfer.ts'
import type { EntryPurpose } from './ach-file.ts'
import { type Proof, type ProofMethod, ProofRejected } from './proof.ts'
import { findProof, insertProof, listDueProofs, updateProof } from './proof-store.ts'
import { ownerTypeOf, type ReadyEntry, refusalOfNumbers } from './ready-entry.ts'
import { datesWhenAsked, datesWhenSealed, type SendingDates } from './timetable.ts'

/** At its cut-off a proof goes into a file like a transfer. */
export const SEND_PROOF = 'send-ach-proof'
/** When a prenote was not answered, and when nobody has told the amounts. */
export const END_PROOF = 'end-ach-proof'

export type ProofJob = { readonly accountId: AccountId; readonly relationshipId: Proof['relationshipId'] }

/** Below a dollar each (contracts/nacha/origination.md §4). */
const MOST_CENTS = 99
/** A live entry may follow on the third banking day after the prenote has settled. */
const SILENCE_BANKING_DAYS = 3
const MICRO_DEPOSITS_LAST_DAYS = 10

/** Begins to prove a bank account: the next file takes it. The account must be locked. */
export async function startProof(
  ctx: BrokerContext,
  tx: Tx,
  { accountId, relationshipId, method }: ProofJob & { method: ProofMethod },
  now: Temporal.Instant,
): Promise<void> {
  const { cutoffAt, settlesOn } = datesWhenAsked(ctx.ach.timetables, now, 'STANDARD')
  const amounts =
    method === 'PRENOTE' ? [] : [randomInt(1, MOST_CENTS + 1), randomInt(1, MOST_CENTS + 1)].map(BigInt)
  const proof: Proof = {
    accountId,
    relationshipId,
    method,
    state: 'REQUESTED',
    amounts,
    tries: 0,
    cutoffAt,
    provableOn: settlesOn,
    expiresAt: undefined,
  }
  await insertProof(ctx, tx, proof, now)
  await scheduleProof(tx, proof)
}

/** An operator wants proof of a bank account that waits. */
export async function requestProof(
  ctx: BrokerContext,
  wanted: ProofJob & { method: ProofMethod },
): Promise<void> {
  const { accountId, relationshipId } = wanted
  await transact(ctx, async (tx) => {
    await lockAccount(tx, accountId)
    const status = (await findRelationship(tx, accountId, relationshipId))?.status
    if (status !== 'QUEUED' && status !== 'PENDING')
      throw new ProofRejected('relationship_not_provable', { status })
    if ((await findProof(ctx, tx, wanted)) !== undefined) throw new ProofRejected('proof_exists')
    await startProof(ctx, tx, wanted, ctx.clock.now())
  })
}

export async function scheduleProof(
  tx: Tx,
  { accountId, relationshipId, cutoffAt }: Pick<Proof, 'accountId' | 'relationshipId' | 'cutoffAt'>,
): Promise<void> {
  const payload: ProofJob = { accountId, relationshipId }
  await scheduleJob(tx, { queue: SEND_PROOF, key: `${relationshipId}:${cutoffAt}`, runAt: cutoffAt, payload })
}

export type ChosenProof = {
  readonly proof: Proof
  readonly dates: SendingDates
  readonly attempt: number
  readonly entries: readonly ReadyEntry[]
}

/** Every proof whose cut-off has come; the accounts are locked. */
export async function chooseProofs(
  ctx: BrokerContext,
  tx: Tx,
  accounts: ReadonlyMap<AccountId, LockedAccount>,
  now: Temporal.Instant,
): Promise<ChosenProof[]> {
  const dates = datesWhenSealed(ctx.ach.timetables, now, 'STANDARD')
  const chosen: ChosenProof[] = []
  for (const proof of await listDueProofs(ctx, tx, now)) {
    const account = accounts.get(proof.accountId)
    if (account === undefined || finished.includes(account.status)) continue
    const bank = await currentBank(ctx, tx, proof)
    if (refusalOfNumbers(bank) !== undefined) continue
    const attempt = await nextAttempt(tx, proof)
    const ownerType = ownerTypeOf(await accountTypeOf(tx, proof.accountId))
    const base = {
      accountId: proof.accountId,
      bank,
      transferId: undefined,
      attempt,
      individualId: undefined,
      ownerType,
    }
    const entries = partsOf(proof).map(
      ({ purpose, direction, cents, key }): ReadyEntry => ({
        ...base,
        purpose,
        direction,
        amountMinor: cents as UsdMinor,
        speed: dates.speed,
        effectiveOn: dates.effectiveOn,
        isRetry: false,
        key: `${proof.relationshipId}:${key}`,
      }),
    )
    chosen.push({ proof, dates, attempt, entries })
  }
  return chosen
}

const finished: readonly AccountStatus[] = ['REJECTED', 'ACCOUNT_CLOSED', 'DISABLED']

type Part = { purpose: EntryPurpose; direction: TransferDirection; cents: bigint; key: string }

/** The credits, and the debit that takes both back: sent together, so that nobody is debited more than he got. */
function partsOf({ method, amounts }: Proof): Part[] {
  if (method === 'PRENOTE') return [{ purpose: 'PRENOTE', direction: 'INCOMING', cents: 0n, key: 'prenote' }]
  const credits = amounts.map(
    (cents, index): Part => ({
      purpose: 'MICRO_CREDIT',
      direction: 'OUTGOING',
      cents,
      key: `credit_${index + 1}`,
    }),
  )
  const sum = amounts.reduce((total, cents) => total + cents, 0n)
  return [...credits, { purpose: 'MICRO_DEBIT', direction: 'INCOMING', cents: sum, key: 'debit' }]
}

async function nextAttempt(tx: Tx, { accountId, relationshipId }: Proof): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    select max(attempt) as last from ach_entries
    where account_id = ${accountId} and relationship_id = ${relationshipId} and purpose <> 'TRANSFER'`.execute(
    tx,
  )
  return (rows[0]?.last ?? 0) + 1
}

async function accountTypeOf(tx: Tx, accountId: AccountId): Promise<string> {
  const row = await tx
    .selectFrom('accounts')
    .select('account_type')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  return row.account_type
}

/** The file that takes them is bound: their money is on its way, and it is known when they can be proved. */
export async function markProofsSent(
  tx: Tx,
  chosen: readonly ChosenProof[],
  now: Temporal.Instant,
): Promise<void> {
  await post(
    tx,
    chosen.flatMap((one) => ledgerSteps(one, now)),
  )
  for (const { proof, dates } of chosen) {
    const { accountId, relationshipId, method } = proof
    const provableOn =
      method === 'PRENOTE' ? addBankingDays(dates.effectiveOn, SILENCE_BANKING_DAYS) : dates.effectiveOn
    const endsOn =
      method === 'PRENOTE' ? provableOn : dates.effectiveOn.add({ days: MICRO_DEPOSITS_LAST_DAYS })
    const endsAt = newYorkInstant(endsOn, Temporal.PlainTime.from('09:00'))
    await updateProof(tx, proof, { state: 'SENT', provable_on: provableOn, expires_at: endsAt }, now)
    const payload: ProofJob = { accountId, relationshipId }
    await scheduleJob(tx, { queue: END_PROOF, key: `${relationshipId}:${endsAt}`, runAt: endsAt, payload })
  }
}

/** What the cents cost the firm; the debit brings them back. */
function ledgerSteps({ proof, attempt }: ChosenProof, at: Temporal.Instant): LedgerTransfer[] {
  return partsOf(proof)
    .filter(({ cents }) => cents > 0n)
    .map(({ key, cents, direction }) => ({
      ...proofStep(proof.relationshipId, `${key}:${attempt}`, at),
      ...(direction === 'OUTGOING'
        ? { from: ACH_EXPENSES, to: ACH_CLEARING }
        : { from: ACH_CLEARING, to: ACH_EXPENSES }),
      amount: cents,
    }))
}

/** The file was refused: nothing of it has moved. */
export function undoSteps(proof: Proof, attempt: number, at: Temporal.Instant): LedgerTransfer[] {
  return partsOf(proof)
    .filter(({ cents }) => cents > 0n)
    .map(({ key, cents, direction }) => ({
      ...proofStep(proof.relationshipId, `${key}:${attempt}:undo`, at),
      ...(direction === 'OUTGOING'
        ? { from: ACH_CLEARING, to: ACH_EXPENSES }
        : { from: ACH_EXPENSES, to: ACH_CLEARING }),
      amount: cents,
    }))
}

export const proofStep = (relationshipId: string, step: string, at: Temporal.Instant) => ({
  type: 'post' as const,
  id: `ach_proof:${relationshipId}:${step}`,
  cause: { kind: 'ach_proof', id: relationshipId, step },
  at,
})
