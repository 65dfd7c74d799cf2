import { z } from 'zod'
import { CountryCodes, Products } from './enums.ts'
import { Id, ignored, optional, options, request } from './request.ts'

const boolean = optional(z.boolean())

const detail = {
  oauth: boolean,
  include_optional_metadata: boolean,
  include_auth_metadata: boolean,
  include_payment_initiation_metadata: boolean,
}

export const InstitutionsGetRequest = request({
  count: z.int().min(1).max(500),
  offset: z.int().min(0).max(1_000_000),
  country_codes: CountryCodes,
  options: optional(
    options({
      ...detail,
      products: optional(Products),
      routing_numbers: optional(z.array(z.string().max(20)).max(100)),
    }),
  ),
})

export const InstitutionsGetByIdRequest = request({
  institution_id: Id,
  country_codes: CountryCodes,
  options: optional(
    options({
      include_optional_metadata: boolean,
      include_status: boolean,
      include_auth_metadata: boolean,
      include_payment_initiation_metadata: boolean,
    }),
  ),
})

export const InstitutionsSearchRequest = request({
  query: z.string().min(1).max(200),
  country_codes: CountryCodes,
  products: optional(Products),
  options: optional(options({ ...detail, payment_initiation: ignored })),
})

const ProductStatus = z.object({
  status: z.enum(['HEALTHY', 'DEGRADED', 'DOWN']),
  last_status_change: z.string(),
  breakdown: z.object({
    success: z.number(),
    error_plaid: z.number(),
    error_institution: z.number(),
    refresh_interval: z.enum(['NORMAL', 'DELAYED', 'STOPPED']),
  }),
})

export const InstitutionBody = z.object({
  institution_id: z.string(),
  name: z.string(),
  products: z.array(z.string()),
  country_codes: z.array(z.string()),
  routing_numbers: z.array(z.string()),
  dtc_numbers: z.array(z.string()),
  oauth: z.boolean(),
  url: z.string().nullable().optional(),
  primary_color: z.string().nullable().optional(),
  logo: z.string().nullable().optional(),
  status: z
    .object({
      item_logins: ProductStatus,
      auth: ProductStatus,
      identity: ProductStatus,
      transactions_updates: ProductStatus,
    })
    .optional(),
  auth_metadata: z
    .object({
      supported_methods: z.object({
        instant_auth: z.boolean(),
        instant_match: z.boolean(),
        automated_micro_deposits: z.boolean(),
        instant_micro_deposits: z.boolean(),
      }),
    })
    .optional(),
})
export type InstitutionBody = z.infer<typeof InstitutionBody>

export const InstitutionsGetResponse = z.object({
  institutions: z.array(InstitutionBody),
  total: z.int(),
  request_id: z.string(),
})
export const InstitutionsGetByIdResponse = z.object({
  institution: InstitutionBody,
  request_id: z.string(),
})
export const InstitutionsSearchResponse = z.object({
  institutions: z.array(InstitutionBody),
  request_id: z.string(),
})
