import { type BatchHeader, readFact, writeCorrectedData } from '@paddock/nacha'
import { addNumber } from '../bank-accounts/bank-account-store.ts'
import { findAccountByNumber } from '../bank-accounts/find-account.ts'
import { numberIndexOf } from '../bank-accounts/open-accounts.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import type { SettledEntry } from './operator.ts'

/** Banks that took over others: accounts move to them. The second of each pair is for those that are there already. */
const NEW_BANKS = {
  simulated: ['107990178', '321990190'],
  outside: ['060070083', '024680134'],
} as const

/**
 * What a notification of change with this code says is right. From now on the new number reaches the account
 * as the old one does.
 */
export async function correctNumbers(
  ctx: BankContext,
  tx: Tx,
  { code, header, entry }: { code: string; header: BatchHeader; entry: SettledEntry },
): Promise<string> {
  const fact = readFact(header, entry.entry)
  const account = await findAccountByNumber(ctx, tx, fact.routingNumber, fact.accountNumber)
  const movesBank = ['C02', 'C03', 'C07'].includes(code)
  const movesAccount = ['C01', 'C03', 'C06', 'C07'].includes(code)
  const banks = account === undefined ? NEW_BANKS.outside : NEW_BANKS.simulated
  const newBank = banks.find((routing) => routing !== fact.routingNumber) ?? banks[0]
  const routingNumber = movesBank ? newBank : fact.routingNumber
  const accountNumber = movesAccount ? renumbered(fact.accountNumber) : fact.accountNumber
  if (account !== undefined) await addNumber(tx, account.id, numberIndexOf(ctx, routingNumber, accountNumber))
  if (code === 'C10' || code === 'C11' || code === 'C12') return 'ASK YOUR BANK'
  return writeCorrectedData(code, {
    routingNumber,
    accountNumber,
    transactionCode: otherKind(fact.transactionCode),
    name: fact.individualName.split(' ').reverse().join(' ') || 'NAME UNKNOWN',
    individualId: `C${fact.traceNumber.slice(-7)}`,
    foreignBankId: 'DE99999999',
  })
}

/** The first sign changes, so that a number that asks for a correction does not ask for another. */
function renumbered(accountNumber: string): string {
  return `${accountNumber.startsWith('7') ? '6' : '7'}${accountNumber.slice(1)}`
}

/** Checking is savings and the other way round, in the same direction. */
function otherKind(code: string): string {
  return `${code.startsWith('3') ? '2' : '3'}${code.slice(1)}`
}
