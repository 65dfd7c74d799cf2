import { createHash } from 'node:crypto'
import type { Account } from '../items/item.ts'

/** Participant and plan numbers of nobody: every bank here is made up. */
const PARTICIPANT = '9990'
const PLAN = '001'

export interface TransferNumbers {
  acats: { accountId: string; account: string; participants: string[] }[]
  retirement: { accountId: string; account: string; plan: string }[]
}

/** By which numbers holdings are moved elsewhere: a workplace plan by its own way, all others by ACATS. */
export function transferNumbersOf(accounts: readonly Account[]): TransferNumbers {
  const isPlan = ({ subtype }: Account) => subtype === '401k'
  return {
    acats: accounts
      .filter((account) => !isPlan(account))
      .map((account) => ({ ...numberOf(account), participants: [PARTICIPANT] })),
    retirement: accounts.filter(isPlan).map((account) => ({ ...numberOf(account), plan: PLAN })),
  }
}

/** It ends in the mask, and is the account's own whichever item shows it. */
function numberOf({ id, bankAccountId, mask }: Account) {
  const digest = createHash('sha256').update(`transfer number ${bankAccountId}`).digest()
  return { accountId: id, account: `${String(digest.readUInt32BE() % 100_000).padStart(5, '5')}${mask}` }
}
