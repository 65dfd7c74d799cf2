import { newId } from '@paddock/kernel'
import type { PlatformContext } from '../context.ts'
import { type Email, foldEmail } from './email.ts'
import { IdentityRefused } from './identity-refused.ts'
import { checkPassword } from './password.ts'
import type { Role, User, UserId } from './user.ts'
import { insertUser, setDemoUser, setRoleAndPassword } from './users-store.ts'

/** Adds a customer, or refuses: the address is no address or taken, the password too short or too long. */
export async function signUp(
  ctx: PlatformContext,
  { email, password }: { email: string; password: string },
): Promise<User> {
  const folded = readEmail(email)
  checkPassword(password)
  return addUser(ctx, folded, password, 'customer')
}

/** Makes sure that there is an operator with this address and password; a public one works in the demo only. */
export async function ensureOperator(
  ctx: PlatformContext,
  email: string,
  password: string,
  isPasswordPublic = false,
): Promise<void> {
  const folded = readEmail(email)
  checkPassword(password)
  try {
    await addUser(ctx, folded, password, 'customer')
  } catch (error) {
    if (!(error instanceof IdentityRefused) || error.code !== 'email_taken') throw error
  }
  const passwordHash = await ctx.passwords.hash(password)
  await setRoleAndPassword(ctx.db, folded, { role: 'operator', passwordHash, isPasswordPublic })
}

/** Lets the landing page sign in as this user. */
export async function markDemoUser(ctx: PlatformContext, id: string): Promise<void> {
  await ctx.db.transaction().execute((tx) => setDemoUser(tx, id as UserId))
}

async function addUser(ctx: PlatformContext, email: Email, password: string, role: Role): Promise<User> {
  const user = await insertUser(ctx.db, {
    id: newId() as UserId,
    email,
    role,
    createdAt: ctx.clock.now(),
    passwordHash: await ctx.passwords.hash(password),
  })
  if (user === undefined) throw new IdentityRefused('email_taken')
  return user
}

function readEmail(text: string): Email {
  const email = foldEmail(text)
  if (email === undefined) throw new IdentityRefused('email_malformed')
  return email
}
