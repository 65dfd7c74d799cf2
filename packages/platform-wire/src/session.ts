import { z } from 'zod'
import { Id, Timestamp } from './scalars.ts'

/** POST /api/signup, POST /api/login. POST /api/logout takes nothing and answers 204. */
export const Credentials = z.strictObject({ email: z.string().max(254), password: z.string().max(1024) })
export type Credentials = z.infer<typeof Credentials>

export const User = z.object({
  id: Id,
  email: z.string(),
  role: z.enum(['customer', 'operator']),
  created_at: Timestamp,
})
export type User = z.infer<typeof User>

/** GET /api/config: what a browser may know before anybody has signed in. */
export const PublicConfig = z.object({
  broker: z.enum(['embedded', 'alpaca']),
  bank: z.enum(['embedded', 'plaid']),
  /** True while no money is real: sample data and forced outcomes are offered. */
  sandbox: z.boolean(),
  /** Whether POST /api/demo/login signs in as the demo customer. */
  demo: z.boolean(),
  /** The script that defines `Plaid.create`: the configured bank server's. */
  link_script_url: z.url(),
  /** Base URL of the embedded broker for `/_sim` calls from the browser; null with a real broker. */
  sim_url: z.url().nullable(),
})
export type PublicConfig = z.infer<typeof PublicConfig>

/** GET /api/me; POST /api/signup, /api/login and /api/demo/login answer the same. */
export const Me = z.object({
  user: User,
  /** Null until an application was submitted. */
  account: z
    .object({
      id: Id,
      status: z.string(),
      crypto_status: z.string().nullable(),
      given_name: z.string(),
      account_number: z.string(),
    })
    .nullable(),
})
export type Me = z.infer<typeof Me>
