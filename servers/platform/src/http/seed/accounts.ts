import { Application } from '@paddock/platform-wire'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { AccountRefused } from '../../applications/account-refused.ts'
import type { BrokerageAccount } from '../../applications/brokerage-account.ts'
import { openAccount } from '../../applications/open-account.ts'
import { sampleApplication } from '../../applications/sample-application.ts'
import { createRelationship } from '../../banks/connect-bank.ts'
import type { AchRelationship } from '../../broker/client.ts'
import type { PlatformContext } from '../../context.ts'
import { showUsd } from '../../decimal.ts'
import { FieldsRefused } from '../../fields-refused.ts'
import { foldEmail } from '../../identity/email.ts'
import { IdentityRefused } from '../../identity/identity-refused.ts'
import { signIn } from '../../identity/sign-in.ts'
import { signUp } from '../../identity/sign-up.ts'
import type { User } from '../../identity/user.ts'
import { callerOf } from '../access.ts'
import { signingAddress } from '../signing-address.ts'
import { IdentifierPath, ownAccount } from './own-account.ts'
import { AchRelationshipBody, SeedAccount } from './shapes.ts'

const SeedForm = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email: z.string().max(254),
  password: z.string().max(1_024),
})

export const accountRoutes: FastifyPluginAsyncZod<{ ctx: PlatformContext }> = async (app, { ctx }) => {
  app.post(
    '/accounts/signup',
    { schema: { body: z.record(z.string(), z.unknown()), response: { 200: SeedAccount } } },
    async (request) => {
      const { user, application } = await readSignUp(ctx, request)
      return presentAccount(ctx, await openAccount(ctx, user, application, signingAddress(request)))
    },
  )

  app.get(
    '/accounts/:identifier',
    { schema: { params: IdentifierPath, response: { 200: SeedAccount } } },
    async (request) => presentAccount(ctx, await ownAccount(ctx, request, request.params.identifier)),
  )

  app.post(
    '/accounts/:identifier/ach_relationship',
    {
      schema: {
        params: IdentifierPath,
        body: z.strictObject({ processor_token: z.string().min(1).max(200) }),
        response: { 200: z.object({ ach_relationship: AchRelationshipBody }) },
      },
    },
    async (request) => {
      const account = await ownAccount(ctx, request, request.params.identifier)
      const relationship = await createRelationship(ctx, account, request.body.processor_token)
      return { ach_relationship: presentRelationship(relationship) }
    },
  )
}

/** The full application needs a token; the seed's short form brings its user along. */
async function readSignUp(
  ctx: PlatformContext,
  request: FastifyRequest,
): Promise<{ user: User; application: Application }> {
  const body = request.body as Record<string, unknown>
  if (!('password' in body)) return { user: callerOf(request), application: read(Application, body) }
  if (!ctx.config.sandbox) throw new AccountRefused('sandbox_only')
  const { name, email, password } = read(SeedForm, body)
  const user = await signUpOrIn(ctx, request, { email, password })
  return { user, application: sampleApplication({ email: user.email, name }) }
}

function read<Value>(schema: z.ZodType<Value>, body: unknown): Value {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw new FieldsRefused(
    result.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
  )
}

/** The seed's clients sign up at /platform/signup first, then here with the same words: that is one user. */
async function signUpOrIn(
  ctx: PlatformContext,
  request: FastifyRequest,
  credentials: { email: string; password: string },
): Promise<User> {
  const { caller } = request
  if (caller !== undefined && caller.email === foldEmail(credentials.email)) return caller
  try {
    return await signUp(ctx, credentials)
  } catch (error) {
    if (!(error instanceof IdentityRefused) || error.code !== 'email_taken') throw error
    return signIn(ctx, { ...credentials, address: request.ip })
  }
}

async function presentAccount(ctx: PlatformContext, account: BrokerageAccount) {
  const trading = await ctx.broker.tradingAccount.get(account.id)
  return {
    id: account.id,
    name: `${account.givenName} ${account.familyName}`,
    email: account.email,
    equity: showUsd(trading.equity),
    is_active: trading.status === 'ACTIVE',
    created_at: account.createdAt.toString(),
  }
}

/** Account numbers stay between servers: a customer's program sees the last four digits. */
function presentRelationship(relationship: AchRelationship): z.infer<typeof AchRelationshipBody> {
  return {
    ...relationship,
    bank_account_number: relationship.bank_account_number.slice(-4).padStart(8, '*'),
  }
}
