import { z } from 'zod'
import { AccountBody } from './account.ts'
import { ItemBody } from './item.ts'
import { Id, optional, options, request, Token } from './request.ts'

const text = optional(z.string().max(500))

export const KnownUser = options({
  legal_name: text,
  phone_number: text,
  email_address: text,
  address: optional(options({ city: text, region: text, street: text, postal_code: text, country: text })),
})

export const IdentityMatchRequest = request({
  access_token: Token,
  user: optional(KnownUser),
  options: optional(options({ account_ids: optional(z.array(Id).max(100)) })),
})
export const ProcessorIdentityMatchRequest = request({ processor_token: Token, user: optional(KnownUser) })

export const IdentityRefreshRequest = request({ access_token: Token })

/** All four objects with all their keys: current clients want them even where nothing was compared. */
export const MatchedAccountBody = AccountBody.extend({
  legal_name: z.object({
    score: z.int().nullable(),
    is_first_name_or_last_name_match: z.boolean().nullable(),
    is_nickname_match: z.boolean().nullable(),
    is_business_name_detected: z.boolean().nullable(),
  }),
  phone_number: z.object({ score: z.int().nullable() }),
  email_address: z.object({ score: z.int().nullable() }),
  address: z.object({ score: z.int().nullable(), is_postal_code_match: z.boolean().nullable() }),
})

export const IdentityMatchResponse = z.object({
  accounts: z.array(MatchedAccountBody),
  item: ItemBody,
  request_id: z.string(),
})
export const ProcessorIdentityMatchResponse = z.object({
  account: MatchedAccountBody,
  request_id: z.string(),
})
