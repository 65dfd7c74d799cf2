import type { LinkTokenAuth } from '@paddock/bank-wire'
import type { Institution } from '../institutions/institution.ts'
import type { LinkRequest, LinkToken } from '../link-sessions/link-token.ts'

/** Which ways there are to an account's numbers besides the bank's word (contracts/plaid/micro-deposits.md §1). */
export interface AuthOptions {
  typeSelect: boolean
  instantMatch: boolean
  automated: boolean
  sameDay: boolean
  instantDeposits: boolean
}

export function readAuthOptions(auth: LinkTokenAuth | undefined): AuthOptions {
  return {
    typeSelect: auth?.auth_type_select_enabled ?? false,
    instantMatch: auth?.instant_match_enabled ?? true,
    automated: auth?.automated_microdeposits_enabled ?? false,
    sameDay: auth?.same_day_microdeposits_enabled ?? false,
    instantDeposits: auth?.instant_microdeposits_enabled ?? false,
  }
}

/** Tokens from before there were such options have none. */
export const authOptionsOf = (request: LinkRequest) => request.auth ?? readAuthOptions(undefined)

const SUBTYPES = ['checking', 'savings'] as const
export type TypedSubtype = (typeof SUBTYPES)[number]

export interface ByHand {
  subtypes: TypedSubtype[]
  /** Asked before the list of banks. */
  offeredFirst: boolean
}

/**
 * Whether numbers may be typed instead of signing in: only for moving money, which is all that such an
 * account can do, in the one country that has routing numbers.
 */
export function byHandOf({ request, updateItemId }: LinkToken): ByHand | undefined {
  const { sameDay, instantDeposits, typeSelect } = authOptionsOf(request)
  const fits = request.products.length === 1 && request.products[0] === 'auth'
  if (updateItemId !== null || !fits || !request.countryCodes.includes('US')) return undefined
  if (!sameDay && !instantDeposits) return undefined
  const subtypes = allowedSubtypes(request)
  return subtypes.length === 0 ? undefined : { subtypes, offeredFirst: typeSelect }
}

function allowedSubtypes({ accountFilters }: LinkRequest): TypedSubtype[] {
  if (accountFilters === null) return [...SUBTYPES]
  const allowed = accountFilters.depository?.account_subtypes ?? []
  return SUBTYPES.filter((subtype) => allowed.includes('all') || allowed.includes(subtype))
}

/** The bank tells no numbers, and this session is there to get them. */
export function mustTypeNumbers({ request, updateItemId }: LinkToken, institution: Institution): boolean {
  return updateItemId === null && institution.asksNumbers && request.products.includes('auth')
}

/** False for a bank that asks for numbers where the client allows no way of checking them. */
export function canVerify(request: LinkRequest, institution: Institution): boolean {
  const { instantMatch, automated } = authOptionsOf(request)
  return !institution.asksNumbers || !request.products.includes('auth') || instantMatch || automated
}
