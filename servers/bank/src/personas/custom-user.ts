import { createHash } from 'node:crypto'
import { CustomUser } from '@paddock/bank-wire'
import { parseUsd } from '@paddock/money'
import type { Institution } from '../institutions/institution.ts'
import type { Override } from '../living/life-store.ts'
import { BankRefused } from '../refusals.ts'
import { numbersAt } from './account-numbers.ts'
import { defaultOwner } from './default-user.ts'
import { type AccountNumbers, type DraftAccount, isPayable } from './draft-account.ts'

type CustomAccount = NonNullable<NonNullable<CustomUser['override_accounts']>[number]>

/** Reads the JSON that `user_custom` gives as a password (contracts/plaid/sandbox.md). */
export function readCustomUser(password: string): CustomUser {
  try {
    return CustomUser.parse(JSON.parse(password))
  } catch {
    throw new BankRefused('custom_user_unreadable')
  }
}

/** The accounts that the JSON describes; with none described, one checking account. */
export function customAccounts(institution: Institution, user: CustomUser): DraftAccount[] {
  const described = user.override_accounts ?? []
  const accounts = described.length > 0 ? described : [{}]
  overridesOf(user)
  return accounts.map((account, position) => draft(institution, user, account, position))
}

/** The transactions that the JSON writes down, each for the account at its place. */
export function overridesOf(user: CustomUser): Override[] {
  return (user.override_accounts ?? []).flatMap(({ transactions }, position) =>
    (transactions ?? []).map((one) => ({
      position,
      name: one.description,
      // The vendor's amounts are what the account loses.
      amountMinor: (-readMinor(one.amount)).toString(),
      authorizedOn: one.date_transacted,
      postedOn: one.date_posted,
    })),
  )
}

function draft(
  institution: Institution,
  user: CustomUser,
  account: CustomAccount,
  position: number,
): DraftAccount {
  const type = account.type ?? 'depository'
  const subtype = account.subtype ?? (type === 'depository' ? 'checking' : 'other')
  const mask = account.meta?.mask || maskAt(position)
  const currentMinor = readMinor(account.starting_balance ?? 1000)
  const names = account.identity?.names
  return {
    name: account.meta?.name ?? `${capitalized(subtype)} ${mask}`,
    officialName: account.meta?.official_name ?? null,
    mask,
    type,
    subtype,
    holderCategory: 'personal',
    currency: account.currency ?? institution.currency,
    currentMinor,
    availableMinor: availableOf(account, type, currentMinor),
    limitMinor: account.meta?.limit == null ? null : readMinor(account.meta.limit),
    numbers: isPayable({ type, subtype }) ? numbersOf(institution, user, account, mask, position) : null,
    owners: [names == null || names.length === 0 ? defaultOwner : { ...defaultOwner, names }],
  }
}

function availableOf(account: CustomAccount, type: string, currentMinor: bigint): bigint | null {
  if (account.has_null_available_balance === true) return null
  if (account.force_available_balance != null) return readMinor(account.force_available_balance)
  return type === 'depository' ? currentMinor : null
}

function numbersOf(
  institution: Institution,
  user: CustomUser,
  account: CustomAccount,
  mask: string,
  position: number,
): AccountNumbers {
  const given = account.numbers
  const numbers = numbersAt(institution, given?.account ?? numberFor(institution, user, mask, position))
  if (numbers.ach !== undefined) {
    numbers.ach.routing = given?.ach_routing ?? numbers.ach.routing
    numbers.ach.wireRouting = given?.ach_wire_routing ?? numbers.ach.wireRouting
  }
  return numbers
}

/**
 * Eight digits that stay the same for the same user at the same bank, then the mask. Without a seed the whole
 * description is who the user is: two that differ do not share a number.
 */
function numberFor(institution: Institution, user: CustomUser, mask: string, position: number): string {
  const digest = createHash('sha256')
    .update(`${institution.id}|${user.seed ?? JSON.stringify(user)}|${position}`)
    .digest()
  const stem = (digest.readUInt32BE(0) % 100_000_000).toString().padStart(8, '0')
  // Letters may stand in a mask, but not in the numbers that banks abroad derive from it.
  return `${stem}${mask.replaceAll(/\D/g, '0').padStart(4, '0')}`
}

function maskAt(position: number): string {
  return (position * 1111).toString().padStart(4, '0').slice(-4)
}

/** Exact cents of a JSON number; one with a third decimal is refused, not rounded. */
function readMinor(amount: number): bigint {
  const minor = parseUsd(String(amount))
  if (minor === undefined) throw new BankRefused('custom_user_unreadable')
  return minor
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
