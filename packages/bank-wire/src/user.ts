import { z } from 'zod'
import { ItemBody } from './item.ts'
import { Day, Id, ignored, optional, options, request, Token } from './request.ts'

const text = z.string().min(1).max(500)
const date = optional(Day)
const contacts = optional(z.array(options({ data: text, primary: z.boolean() })).max(50))

/** What a client knows of its user. Numbers of identity papers are taken and not kept. */
export const UserIdentity = options({
  name: optional(options({ given_name: text, family_name: text })),
  date_of_birth: date,
  emails: contacts,
  phone_numbers: contacts,
  addresses: optional(
    z
      .array(
        options({
          street_1: optional(text),
          street_2: optional(text),
          city: optional(text),
          region: optional(text),
          country: text,
          postal_code: optional(text),
          primary: z.boolean(),
        }),
      )
      .max(50),
  ),
  id_numbers: ignored,
})
export type UserIdentity = z.infer<typeof UserIdentity>

/** The same in the words of integrations from before December 2025. */
export const ConsumerReportUserIdentity = options({
  first_name: text,
  last_name: text,
  phone_numbers: z.array(text).max(50),
  emails: z.array(text).max(50),
  ssn_full: ignored,
  ssn_last_4: ignored,
  date_of_birth: date,
  primary_address: options({
    city: optional(text),
    region: optional(text),
    street: text,
    postal_code: optional(text),
    country: optional(text),
  }),
})
export type ConsumerReportUserIdentity = z.infer<typeof ConsumerReportUserIdentity>

const identities = {
  identity: optional(UserIdentity),
  consumer_report_user_identity: optional(ConsumerReportUserIdentity),
}
const user = { user_id: optional(Id), user_token: optional(Token) }

export const UserCreateRequest = request({
  client_user_id: z.string().min(1).max(128),
  ...identities,
  end_customer: ignored,
  with_upgraded_user: ignored,
})
export const UserGetRequest = request({ user_id: Id })
export const UserUpdateRequest = request({ ...user, ...identities })
export const UserRemoveRequest = request(user)
export const UserItemsGetRequest = request(user)
export const SandboxUserResetLoginRequest = request({ ...user, item_ids: optional(z.array(Id).max(100)) })

export const UserCreateResponse = z.object({
  user_id: z.string(),
  user_token: z.string(),
  request_id: z.string(),
})

const contactBodies = z.array(z.object({ data: z.string(), primary: z.boolean() })).optional()
export const UserGetResponse = z.object({
  user_id: z.string(),
  client_user_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  identity: z
    .object({
      name: z.object({ given_name: z.string(), family_name: z.string() }).optional(),
      date_of_birth: z.string().optional(),
      emails: contactBodies,
      phone_numbers: contactBodies,
      addresses: z
        .array(
          z.object({
            street_1: z.string().optional(),
            street_2: z.string().optional(),
            city: z.string().optional(),
            region: z.string().optional(),
            country: z.string(),
            postal_code: z.string().optional(),
            primary: z.boolean(),
          }),
        )
        .optional(),
    })
    .nullable(),
  request_id: z.string(),
})
export const UserItemsGetResponse = z.object({ items: z.array(ItemBody), request_id: z.string() })
