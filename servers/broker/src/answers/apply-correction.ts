import { type CorrectedData, changeCodes } from '@paddock/nacha'
import { lockAccount } from '../accounts/account-store.ts'
import { addVersion, currentBank } from '../ach/bank-version-store.ts'
import { endLink } from '../ach/end-link.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { appendAdminEvent } from '../events/append-admin-event.ts'
import type { AchEntry } from '../origination/ach-file.ts'
import { raiseAlarm } from '../origination/alarm-store.ts'
import type { AnswerId } from './answer.ts'

export type Correction = {
  readonly answerId: AnswerId
  readonly code: string
  readonly corrected: CorrectedData
}

/** The bank says that the entry should have been an international one. */
export const INTERNATIONAL = 'C14'
/** The format of addenda, of which we write none: nothing to correct. */
const ADDENDA_FORMAT = 'C13'
/** A bank abroad, in entries that we do not send. */
const FOREIGN_BANK = 'C08'

/** Whether the change is one that can be made without a person. */
export const isApplicable = (code: string): boolean => code !== FOREIGN_BANK

/**
 * A notification of change: from now on entries to this bank account are written with the corrected numbers. The
 * old ones stay as they were, in their own version. No money moves.
 */
export async function applyCorrection(
  ctx: BrokerContext,
  tx: Tx,
  entry: AchEntry,
  { answerId, code, corrected }: Correction,
  now: Temporal.Instant,
): Promise<void> {
  const { accountId, relationshipId } = entry
  await lockAccount(tx, accountId)
  const meaning = changeCodes.get(code)?.meaning ?? 'a change'
  if (code === INTERNATIONAL) {
    await endLink(tx, accountId, relationshipId, `${code} the bank account is abroad`, now)
    const message = `${code}: an entry should have been an international one; a case for compliance`
    return void (await raiseAlarm(tx, { kind: 'ach_correction', subject: answerId, message }, now))
  }
  if (code !== ADDENDA_FORMAT) {
    const { accountHash: _hash, accountMask: _mask, ...bank } = await currentBank(ctx, tx, entry)
    await addVersion(ctx, tx, {
      ...bank,
      ...correctedFields(corrected, bank),
      version: bank.version + 1,
      source: 'CORRECTION',
      answerId,
      code,
      at: now,
    })
  }
  if (corrected.name !== undefined) {
    const message = `${code}: the bank knows the owner of a linked account by another name`
    await raiseAlarm(tx, { kind: 'ach_correction', subject: answerId, message }, now)
  }
  await appendAdminEvent(tx, {
    type: 'note_admin_event',
    accountId,
    note: `the bank corrected what we know of a linked account: ${code} ${meaning}`,
    context: { relationship_id: relationshipId, change_code: code },
    by: 'service',
    at: now,
  })
}

type Numbers = {
  accountNumber: string
  routingNumber: string
  accountType: 'CHECKING' | 'SAVINGS'
  ownerName: string
  individualId: string | undefined
}

/** Of the transaction code only the kind of account is taken: banks send the live code or that of the answer. */
function correctedFields(corrected: CorrectedData, bank: Numbers): Numbers {
  const { accountType } = corrected
  return {
    accountNumber: corrected.accountNumber ?? bank.accountNumber,
    routingNumber: corrected.routingNumber ?? bank.routingNumber,
    accountType:
      accountType === 'savings' ? 'SAVINGS' : accountType === 'checking' ? 'CHECKING' : bank.accountType,
    ownerName: corrected.name ?? bank.ownerName,
    individualId: corrected.individualId ?? bank.individualId,
  }
}
