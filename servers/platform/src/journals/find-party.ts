import type { AccountId } from '../applications/brokerage-account.ts'
import type { PlatformContext } from '../context.ts'
import { foldEmail } from '../identity/email.ts'
import { JournalRefused } from './journal-refused.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The account that an operator means: by its id, which the broker knows better than we do, or by the e-mail
 * of its owner. An e-mail that two accounts answer to names none.
 */
export async function findParty({ db }: PlatformContext, name: string): Promise<AccountId> {
  if (UUID.test(name)) return name.toLowerCase() as AccountId
  const email = foldEmail(name)
  const found =
    email === undefined
      ? []
      : await db
          .selectFrom('brokerage_accounts as account')
          .innerJoin('users', 'users.id', 'account.user_id')
          .select('account.id')
          .where(({ or, eb, fn }) =>
            or([eb('users.email', '=', email), eb(fn('lower', ['account.email']), '=', email)]),
          )
          .limit(2)
          .execute()
  const [only, another] = found
  if (only === undefined || another !== undefined) throw new JournalRefused('journal_account_unknown')
  return only.id as AccountId
}
