import { z } from 'zod'
import { AccountType } from './enums.ts'

const amount = z.number().min(-1e12).max(1e12)

/**
 * The JSON that stands where a password stands for the user `user_custom`. Unknown keys are let through:
 * the vendor's own samples carry more than has a use here.
 */
export const CustomUser = z.object({
  version: z.union([z.string(), z.number()]).nullish(),
  seed: z.string().max(200).nullish(),
  override_accounts: z
    .array(
      z.object({
        type: AccountType.nullish(),
        subtype: z.string().max(100).nullish(),
        starting_balance: amount.nullish(),
        force_available_balance: amount.nullish(),
        has_null_available_balance: z.boolean().nullish(),
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/)
          .nullish(),
        meta: z
          .object({
            name: z.string().max(200).nullish(),
            official_name: z.string().max(200).nullish(),
            limit: amount.nullish(),
            mask: z
              .string()
              .regex(/^([0-9A-Za-z]{2,4})?$/)
              .nullish(),
          })
          .nullish(),
        numbers: z
          .object({
            account: z
              .string()
              .regex(/^\d{4,17}$/)
              .nullish(),
            ach_routing: z
              .string()
              .regex(/^\d{9}$/)
              .nullish(),
            ach_wire_routing: z
              .string()
              .regex(/^\d{9}$/)
              .nullish(),
          })
          .nullish(),
        transactions: z
          .array(
            z.object({
              date_transacted: z.iso.date(),
              date_posted: z.iso.date(),
              amount,
              description: z.string().min(1).max(200),
            }),
          )
          .max(500)
          .nullish(),
        identity: z.object({ names: z.array(z.string().min(1).max(200)).max(10).nullish() }).nullish(),
      }),
    )
    .max(20)
    .nullish(),
  force_error: z.string().max(100).nullish(),
})
export type CustomUser = z.infer<typeof CustomUser>
