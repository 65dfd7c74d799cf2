import type { BookedAccount } from '../bank-accounts/bank-account.ts'
import { addNumber, listAccountsOfLogin } from '../bank-accounts/bank-account-store.ts'
import { findAccountByNumber } from '../bank-accounts/find-account.ts'
import { numberIndexOf, openAccount } from '../bank-accounts/open-accounts.ts'
import type { BankContext } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { unlistedBank } from '../institutions/catalog.ts'
import type { DraftAccount } from '../personas/draft-account.ts'
import { BankRefused } from '../refusals.ts'
import type { TypedSubtype } from './auth-flows.ts'
import { bankOfRouting, bookedRouting, type TypedNumbers } from './typed-numbers.ts'

export interface TypedAccount {
  numbers: TypedNumbers
  subtype: TypedSubtype
  holderName: string
}

/**
 * The account in the books that was typed. A bank that is simulated here knows all its accounts; at the
 * unlisted bank any number is one, opened when it is first typed, so that a deposit has a place to go.
 */
export async function bookedAccountOf(ctx: BankContext, tx: Tx, typed: TypedAccount): Promise<string> {
  const { routing, account } = typed.numbers
  const bank = bankOfRouting(routing)
  if (bank.id === unlistedBank.id) return (await openUnlisted(ctx, tx, typed)).id
  const known = bookedRouting(bank, routing)
  const booked = await findAccountByNumber(ctx, tx, known, account)
  if (booked === undefined) throw new BankRefused('numbers_wrong')
  if (known !== routing) await addNumber(tx, booked.id, numberIndexOf(ctx, routing, account))
  return booked.id
}

async function openUnlisted(ctx: BankContext, tx: Tx, typed: TypedAccount): Promise<BookedAccount> {
  const { routing, account } = typed.numbers
  const loginKey = `numbers.${numberIndexOf(ctx, routing, account)}`
  // Found by what was typed, and by no number: what ACH sends to banks that are not here never comes back.
  const draft = { ...draftOf(typed), numbers: null, currentMinor: 0n }
  await openAccount(ctx, tx, { institutionId: unlistedBank.id, loginKey, position: 0 }, draft)
  const [opened] = await listAccountsOfLogin(tx, unlistedBank.id, loginKey)
  if (opened === undefined) throw new BankRefused('numbers_wrong')
  return opened
}

/** What is known of the account: what was typed, and neither its balance nor more about its holder. */
export function draftOf({ numbers, subtype, holderName }: TypedAccount): DraftAccount {
  const { routing, account } = numbers
  return {
    name: subtype === 'checking' ? 'Checking' : 'Savings',
    officialName: null,
    mask: account.slice(-4),
    type: 'depository',
    subtype,
    holderCategory: 'personal',
    currency: 'USD',
    currentMinor: null,
    availableMinor: null,
    limitMinor: null,
    numbers: { ach: { account, routing, wireRouting: null } },
    owners: [{ names: [holderName], phone_numbers: [], emails: [], addresses: [] }],
  }
}
