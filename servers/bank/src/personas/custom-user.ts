import { createHash } from 'node:crypto'
import { CustomUser } from '@paddock/bank-wire'
import type { Institution } from '../institutions/institution.ts'
import { BankRefused } from '../refusals.ts'
import { numbersAt } from './account-numbers.ts'
import { readMinor } from './custom-amount.ts'
import { defaultOwner } from './default-user.ts'
import { type AccountNumbers, type DraftAccount, isPayable, type Owner } from './draft-account.ts'

type CustomAccount = NonNullable<NonNullable<CustomUser['override_accounts']>[number]>

/** Reads the JSON that `user_custom` gives as a password, or says where it is wrong (contracts/plaid/sandbox.md). */
export function readCustomUser(password: string): CustomUser {
  let read: unknown
  try {
    read = JSON.parse(password)
  } catch {
    throw new BankRefused('custom_user_unreadable', { problem: 'must be the JSON of a custom user' })
  }
  const parsed = CustomUser.safeParse(read)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `
  const reason = issue?.code === 'custom' ? issue.message : 'has a value that is not possible here'
  throw new BankRefused('custom_user_unreadable', { problem: `${path}${reason}` })
}

/** The accounts that the JSON describes; with none described, one checking account. */
export function customAccounts(institution: Institution, user: CustomUser): DraftAccount[] {
  const described = user.override_accounts ?? []
  const accounts = described.length > 0 ? described : [emptyAccount]
  return accounts.map((account, position) => draft(institution, user, account, position))
}

const emptyAccount: CustomAccount = { holdings: undefined, investment_transactions: undefined }

function draft(
  institution: Institution,
  user: CustomUser,
  account: CustomAccount,
  position: number,
): DraftAccount {
  const isPayroll = account.type === 'payroll'
  const type = account.type === 'payroll' ? 'other' : (account.type ?? 'depository')
  const usual = type === 'depository' ? 'checking' : 'other'
  const subtype = account.subtype ?? (isPayroll ? 'payroll' : usual)
  const mask = account.meta?.mask || maskAt(position)
  const at = (field: string) => `override_accounts.${position}.${field}`
  const currentMinor = readMinor(account.starting_balance ?? 1000, at('starting_balance'))
  const limit = account.meta?.limit
  return {
    name: account.meta?.name ?? `${capitalized(subtype)} ${mask}`,
    officialName: account.meta?.official_name ?? null,
    mask,
    type,
    subtype,
    holderCategory: 'personal',
    currency: account.currency ?? institution.currency,
    currentMinor,
    availableMinor: availableOf(account, type, currentMinor, at('force_available_balance')),
    limitMinor: limit == null ? null : readMinor(limit, at('meta.limit')),
    numbers: isPayable({ type, subtype }) ? numbersOf(institution, user, account, mask, position) : null,
    owners: [ownerOf(account)],
    ...describedBy(account),
  }
}

function describedBy({ holdings, investment_transactions: trades, liability }: CustomAccount) {
  if (holdings === undefined && trades === undefined && liability == null) return {}
  return { described: { holdings, trades, liability: liability ?? undefined } }
}

/** Gaps are filled with those of the default user. */
function ownerOf({ identity }: CustomAccount): Owner {
  const given = <Part>(parts: readonly Part[] | null | undefined, usual: readonly Part[]) => [
    ...(parts == null || parts.length === 0 ? usual : parts),
  ]
  return {
    names: given(identity?.names, defaultOwner.names),
    phone_numbers: given(identity?.phone_numbers, defaultOwner.phone_numbers),
    emails: given(identity?.emails, defaultOwner.emails),
    addresses: given(identity?.addresses, defaultOwner.addresses),
  }
}

function availableOf(
  account: CustomAccount,
  type: string,
  currentMinor: bigint,
  path: string,
): bigint | null {
  if (account.has_null_available_balance === true) return null
  if (account.force_available_balance != null) return readMinor(account.force_available_balance, path)
  return type === 'depository' ? currentMinor : null
}

/** Those of the bank's country, with what the JSON says in their place; those of another country only if it says them. */
function numbersOf(
  institution: Institution,
  user: CustomUser,
  account: CustomAccount,
  mask: string,
  position: number,
): AccountNumbers {
  const given = account.numbers ?? {}
  const own = given.account ?? numberFor(institution, user, mask, position)
  const numbers = numbersAt(institution, own)
  if (numbers.ach !== undefined) {
    numbers.ach.routing = given.ach_routing ?? numbers.ach.routing
    numbers.ach.wireRouting = given.ach_wire_routing ?? numbers.ach.wireRouting
  }
  const { eft_institution, eft_branch, international_bic, international_iban, bacs_sort_code } = given
  if (eft_institution != null || eft_branch != null) {
    const eft = numbers.eft ?? { account: own.slice(-12), institution: '021', branch: '01140' }
    numbers.eft = {
      ...eft,
      institution: eft_institution ?? eft.institution,
      branch: eft_branch ?? eft.branch,
    }
  }
  if (international_bic != null || international_iban != null) {
    const { iban, bic } = numbers.international ?? {}
    const whole = { iban: international_iban ?? iban, bic: international_bic ?? bic }
    if (whole.iban === undefined || whole.bic === undefined) {
      const problem = `override_accounts.${position}.numbers: must have both international_iban and international_bic`
      throw new BankRefused('custom_user_unreadable', { problem })
    }
    numbers.international = { iban: whole.iban, bic: whole.bic }
  }
  if (bacs_sort_code != null) {
    numbers.bacs = { account: numbers.bacs?.account ?? own.slice(-8), sortCode: bacs_sort_code }
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

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
