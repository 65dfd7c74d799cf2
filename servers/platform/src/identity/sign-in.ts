import type { PlatformContext } from '../context.ts'
import { type Email, foldEmail } from './email.ts'
import { IdentityRefused } from './identity-refused.ts'
import { countTry, forgetTries, throttleSubject } from './throttle.ts'
import type { User } from './user.ts'
import { findDemoUser, findUserByEmail } from './users-store.ts'

export interface SignIn {
  email: string
  password: string
  /** From where the try comes, for the throttle. */
  address: string
}

/** The user whose password this is. Unknown users and wrong passwords get one answer after one time. */
export async function signIn(ctx: PlatformContext, { email, password, address }: SignIn): Promise<User> {
  const folded = foldEmail(email)
  // What cannot be an address is tried like one that nobody has, so that the answer takes as long.
  const subject = throttleSubject(folded ?? (email.slice(0, 254) as Email), address)
  await countTry(ctx, subject)
  const user = folded === undefined ? undefined : await findUserByEmail(ctx.db, folded)
  const isRight = await ctx.passwords.matches(password, user?.passwordHash)
  // What was a demo once may hold real keys now: a password that everybody knows opens nothing there.
  const isKnownToAll = user?.isPasswordPublic === true && !ctx.config.demo
  if (user === undefined || !isRight || isKnownToAll) throw new IdentityRefused('credentials_wrong')
  await forgetTries(ctx, subject)
  return user
}

/** The customer that the landing page lets in without a password. */
export async function signInAsDemo(ctx: PlatformContext): Promise<User> {
  const user = ctx.config.demo ? await findDemoUser(ctx.db) : undefined
  if (user === undefined) throw new IdentityRefused('no_demo_customer')
  return user
}
