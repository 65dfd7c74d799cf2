import { post } from '@paddock/ledger'
import { lockAccount } from '../accounts/account-store.ts'
import { endLink } from '../ach/end-link.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { ACH_CLEARING, ACH_EXPENSES } from '../ledger-accounts.ts'
import type { AchEntry } from '../origination/ach-file.ts'
import { raiseAlarm } from '../origination/alarm-store.ts'
import { setEntryStatus } from '../origination/file-store.ts'
import { findProof, updateProof } from '../origination/proof-store.ts'
import { proofStep } from '../origination/prove-numbers.ts'
import { returnReason } from '../transfers/return-codes.ts'
import { isReturnable, type Return, takeReturn } from '../transfers/return-transfer.ts'
import { findTransfer } from '../transfers/transfer-store.ts'

/** Does what a return says to the transfer, or to the proof, that its entry was for. False when that is over. */
export async function applyReturn(
  ctx: BrokerContext,
  tx: Tx,
  entry: AchEntry,
  returned: Return,
  now: Temporal.Instant,
): Promise<boolean> {
  await lockAccount(tx, entry.accountId)
  if (entry.transferId === undefined) {
    await failProof(ctx, tx, entry, returned, now)
    await setEntryStatus(tx, entry.id, 'RETURNED')
  } else {
    const transfer = await findTransfer(tx, entry.accountId, entry.transferId)
    if (transfer === undefined || !isReturnable(transfer)) return false
    await takeReturn(tx, transfer, returned, now)
  }
  return true
}

/** A prenote or a micro-deposit came back: nothing is proved, and the bank account is not used. */
async function failProof(
  ctx: BrokerContext,
  tx: Tx,
  entry: AchEntry,
  { code }: Return,
  now: Temporal.Instant,
): Promise<void> {
  const { accountId, relationshipId, purpose, amountMinor } = entry
  const reason = `${code} ${returnReason(code)}`
  const proof = await findProof(ctx, tx, { accountId, relationshipId })
  if (proof !== undefined) await updateProof(tx, proof, { state: 'FAILED', reason }, now)
  if (amountMinor > 0n) {
    await post(tx, [
      {
        ...proofStep(relationshipId, `return:${entry.sequence}`, now),
        ...(purpose === 'MICRO_CREDIT'
          ? { from: ACH_CLEARING, to: ACH_EXPENSES }
          : { from: ACH_EXPENSES, to: ACH_CLEARING }),
        amount: amountMinor,
      },
    ])
  }
  await endLink(tx, accountId, relationshipId, reason, now)
  const message = `a ${purpose === 'PRENOTE' ? 'prenote' : 'micro-deposit'} came back: ${reason}`
  await raiseAlarm(tx, { kind: 'ach_proof', subject: relationshipId, message }, now)
}
