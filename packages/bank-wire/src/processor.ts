import { z } from 'zod'
import {
  AccountBody,
  AccountWithOwnersBody,
  AchNumbersBody,
  BacsNumbersBody,
  EftNumbersBody,
  InternationalNumbersBody,
} from './account.ts'
import { Processor, Products } from './enums.ts'
import { Id, optional, options, request, Token, WebhookUrl } from './request.ts'

export const ProcessorTokenCreateRequest = request({
  access_token: Token,
  account_id: Id,
  processor: Processor,
})
export const ProcessorTokenCreateResponse = z.object({
  processor_token: z.string(),
  request_id: z.string(),
})

/** Stripe has a token of its own kind. */
export const ProcessorStripeBankAccountTokenCreateRequest = request({ access_token: Token, account_id: Id })
export const ProcessorStripeBankAccountTokenCreateResponse = z.object({
  stripe_bank_account_token: z.string(),
  request_id: z.string(),
})

/** An empty list is everything that the item has. */
export const ProcessorTokenPermissionsSetRequest = request({ processor_token: Token, products: Products })
export const ProcessorTokenPermissionsGetResponse = z.object({
  products: z.array(z.string()),
  request_id: z.string(),
})
export const ProcessorTokenWebhookUpdateRequest = request({
  processor_token: Token,
  webhook: WebhookUrl.nullable(),
})

export const ProcessorRequest = request({ processor_token: Token })
export const ProcessorBalanceGetRequest = request({
  processor_token: Token,
  options: optional(options({ min_last_updated_datetime: optional(z.iso.datetime({ offset: true })) })),
})

/** Single objects where `/auth/get` has arrays: a processor token names one account. */
export const ProcessorAuthGetResponse = z.object({
  account: AccountBody,
  numbers: z.object({
    ach: AchNumbersBody.nullable(),
    eft: EftNumbersBody.nullable(),
    international: InternationalNumbersBody.nullable(),
    bacs: BacsNumbersBody.nullable(),
  }),
  request_id: z.string(),
})
export const ProcessorBalanceGetResponse = z.object({ account: AccountBody, request_id: z.string() })
export const ProcessorIdentityGetResponse = z.object({
  account: AccountWithOwnersBody,
  request_id: z.string(),
})
export const ProcessorAccountGetResponse = z.object({
  account: AccountBody,
  institution_id: z.string(),
  request_id: z.string(),
})
