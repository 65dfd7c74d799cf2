import { z } from 'zod'
import { AccountType, VerificationStatus } from './enums.ts'
import { ItemBody } from './item.ts'
import { Id, optional, options, request, Token } from './request.ts'

const accountIds = optional(z.array(Id).max(100))
const instant = optional(z.iso.datetime({ offset: true }))

export const AccountsGetRequest = request({
  access_token: Token,
  options: optional(options({ account_ids: accountIds })),
})
export const AccountsBalanceGetRequest = request({
  access_token: Token,
  options: optional(options({ account_ids: accountIds, min_last_updated_datetime: instant })),
})
export const AuthGetRequest = AccountsGetRequest
export const IdentityGetRequest = AccountsGetRequest

export const BalancesBody = z.object({
  available: z.number().nullable(),
  current: z.number().nullable(),
  limit: z.number().nullable(),
  iso_currency_code: z.string().nullable(),
  unofficial_currency_code: z.string().nullable(),
  /** Only where the bank tells it. */
  last_updated_datetime: z.string().optional(),
})

export const AccountBody = z.object({
  account_id: z.string(),
  balances: BalancesBody,
  mask: z.string().nullable(),
  name: z.string(),
  official_name: z.string().nullable(),
  type: AccountType,
  subtype: z.string().nullable(),
  holder_category: z.enum(['personal', 'business']),
  verification_status: VerificationStatus.optional(),
  /** The holder's name as it was typed beside the numbers. */
  verification_name: z.string().optional(),
})
export type AccountBody = z.infer<typeof AccountBody>

const contact = (types: [string, ...string[]]) =>
  z.object({ data: z.string(), primary: z.boolean(), type: z.enum(types) })

export const OwnerBody = z.object({
  names: z.array(z.string()),
  phone_numbers: z.array(contact(['home', 'work', 'office', 'mobile', 'mobile1', 'other'])),
  emails: z.array(contact(['primary', 'secondary', 'other'])),
  addresses: z.array(
    z.object({
      data: z.object({
        street: z.string(),
        city: z.string().nullable(),
        region: z.string().nullable(),
        postal_code: z.string().nullable(),
        country: z.string().nullable(),
      }),
      primary: z.boolean(),
    }),
  ),
})
export type OwnerBody = z.infer<typeof OwnerBody>

export const AccountWithOwnersBody = AccountBody.extend({ owners: z.array(OwnerBody) })

export const AchNumbersBody = z.object({
  account_id: z.string(),
  account: z.string(),
  routing: z.string(),
  wire_routing: z.string().nullable(),
  is_tokenized_account_number: z.boolean(),
})
export const EftNumbersBody = z.object({
  account_id: z.string(),
  account: z.string(),
  institution: z.string(),
  branch: z.string(),
})
export const InternationalNumbersBody = z.object({
  account_id: z.string(),
  iban: z.string(),
  bic: z.string(),
})
export const BacsNumbersBody = z.object({
  account_id: z.string(),
  account: z.string(),
  sort_code: z.string(),
})

export const AccountsGetResponse = z.object({
  accounts: z.array(AccountBody),
  item: ItemBody,
  request_id: z.string(),
})
export const IdentityGetResponse = z.object({
  accounts: z.array(AccountWithOwnersBody),
  item: ItemBody,
  request_id: z.string(),
})
export const AuthGetResponse = z.object({
  accounts: z.array(AccountBody),
  numbers: z.object({
    ach: z.array(AchNumbersBody),
    eft: z.array(EftNumbersBody),
    international: z.array(InternationalNumbersBody),
    bacs: z.array(BacsNumbersBody),
  }),
  item: ItemBody,
  request_id: z.string(),
})
