import type { BankContext } from '../context.ts'
import { readNumbers } from '../items/account-store.ts'
import { addNumber } from './bank-account-store.ts'
import { numberIndexOf } from './open-accounts.ts'

/**
 * Accounts that were linked before there were books have their numbers only in the items that show them,
 * where no migration can read them. Does nothing the second time.
 */
export async function indexNumbers(ctx: BankContext): Promise<void> {
  const rows = await ctx.db
    .selectFrom('accounts')
    .leftJoin('bank_account_numbers as number', 'number.account_id', 'accounts.bank_account_id')
    .select(['accounts.id', 'accounts.numbers_cipher', 'accounts.bank_account_id'])
    .where('accounts.numbers_cipher', 'is not', null)
    .where('number.account_id', 'is', null)
    // What was typed is no way to an account.
    .where('accounts.verification_status', 'is', null)
    .execute()
  for (const { id, numbers_cipher, bank_account_id } of rows) {
    const ach = readNumbers(ctx.cipher, id, numbers_cipher)?.ach
    if (ach !== undefined) {
      await addNumber(ctx.db, bank_account_id, numberIndexOf(ctx, ach.routing, ach.account))
    }
  }
}
