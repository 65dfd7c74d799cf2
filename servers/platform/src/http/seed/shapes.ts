import { z } from 'zod'

export const SeedAccount = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  equity: z.string(),
  is_active: z.boolean(),
  created_at: z.string(),
})

export const AchRelationshipBody = z.object({
  id: z.string(),
  account_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  status: z.string(),
  account_owner_name: z.string(),
  bank_account_type: z.string(),
  bank_account_number: z.string(),
  bank_routing_number: z.string(),
  nickname: z.string().nullish(),
})

/** The Broker API's own objects, as the seed's clients expect them. Whatever the vendor adds passes through. */
export const VendorObject = z.looseObject({ id: z.string() })
export const VendorPosition = z.looseObject({ asset_id: z.string(), symbol: z.string(), qty: z.string() })
