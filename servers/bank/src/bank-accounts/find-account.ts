import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { institutions } from '../institutions/catalog.ts'
import type { Institution } from '../institutions/institution.ts'
import { defaultAccounts } from '../personas/default-user.ts'
import { DEFAULT_LOGIN } from '../personas/sign-in.ts'
import type { BookedAccount } from './bank-account.ts'
import { findAccountByIndex } from './bank-account-store.ts'
import { numberIndexOf, openAccounts } from './open-accounts.ts'

/** The simulated bank that takes ACH entries under this routing number. */
export function institutionOfRouting(routing: string): Institution | undefined {
  return institutions.find(({ numbering }) => numbering.kind === 'us' && numbering.routing === routing)
}

/** The account that entries to this number reach. `user_good` has his accounts also where nobody linked them yet. */
export async function findAccountByNumber(
  ctx: BankContext,
  tx: Tx,
  routing: string,
  account: string,
): Promise<BookedAccount | undefined> {
  const index = numberIndexOf(ctx, routing, account)
  const found = await findAccountByIndex(tx, index)
  if (found !== undefined) return found
  const institution = institutionOfRouting(routing)
  const drafts = institution === undefined ? [] : defaultAccounts(institution)
  if (institution === undefined || !drafts.some(({ numbers }) => numbers?.ach?.account === account)) {
    return undefined
  }
  await openAccounts(ctx, tx, institution, DEFAULT_LOGIN, drafts)
  return findAccountByIndex(tx, index)
}
