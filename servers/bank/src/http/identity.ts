import {
  IdentityMatchRequest,
  IdentityMatchResponse,
  IdentityRefreshRequest,
  type KnownUser,
  ProcessorIdentityMatchRequest,
  ProcessorIdentityMatchResponse,
  RequestIdResponse,
} from '@paddock/bank-wire'
import type { z } from 'zod'
import type { BankContext } from '../context.ts'
import { type KnownPerson, matchIdentity } from '../identity/match-identity.ts'
import { refreshIdentity } from '../identity/refresh-identity.ts'
import type { Account, Item } from '../items/item.ts'
import { findOrigin } from '../items/item-origin.ts'
import { openAccounts } from '../items/open-item.ts'
import { openProcessorProduct } from '../items/processor.ts'
import type { HttpApp } from './http-app.ts'
import { operation } from './operation.ts'
import { presentAccount } from './present-account.ts'
import { presentItem } from './present-item.ts'

export function serveIdentity(app: HttpApp, ctx: BankContext): void {
  operation(
    app,
    ctx,
    '/identity/match',
    { request: IdentityMatchRequest, response: IdentityMatchResponse },
    async ({ access_token, user, options }, { clientId }) => {
      const request = { clientId, accessToken: access_token, accountIds: options?.account_ids }
      const { accounts, item } = await openAccounts(ctx, { ...request, product: 'identity' })
      const person = await personFor(ctx, item, user)
      return { accounts: accounts.map((account) => presentMatch(account, person)), item: presentItem(item) }
    },
  )

  operation(
    app,
    ctx,
    '/processor/identity/match',
    { request: ProcessorIdentityMatchRequest, response: ProcessorIdentityMatchResponse },
    async ({ processor_token, user }, client) => {
      const account = await openProcessorProduct(ctx, client, processor_token, 'identity')
      return { account: presentMatch(account, user === undefined ? {} : readPerson(user)) }
    },
  )

  operation(
    app,
    ctx,
    '/identity/refresh',
    { request: IdentityRefreshRequest, response: RequestIdResponse },
    async ({ access_token }, { clientId }) => {
      await refreshIdentity(ctx, clientId, access_token)
      return {}
    },
  )
}

/** Without `user`, what was told of the person when the item was linked. */
async function personFor(
  ctx: BankContext,
  item: Item,
  user: z.output<typeof KnownUser> | undefined,
): Promise<KnownPerson> {
  if (user !== undefined) return readPerson(user)
  return (await findOrigin(ctx, ctx.db, item)).person ?? {}
}

function readPerson({ address, ...user }: z.output<typeof KnownUser>): KnownPerson {
  return {
    legalName: user.legal_name,
    phoneNumber: user.phone_number,
    emailAddress: user.email_address,
    address: address === undefined ? undefined : { ...address, postalCode: address.postal_code },
  }
}

function presentMatch(account: Account, person: KnownPerson) {
  const { name, phoneScore, emailScore, address } = matchIdentity(account.owners, person)
  return {
    ...presentAccount(account),
    legal_name: {
      score: name?.score ?? null,
      is_first_name_or_last_name_match: name?.isFirstOrLast ?? null,
      is_nickname_match: name?.isNickname ?? null,
      is_business_name_detected: name?.isBusiness ?? null,
    },
    phone_number: { score: phoneScore },
    email_address: { score: emailScore },
    address: { score: address?.score ?? null, is_postal_code_match: address?.isPostalCode ?? null },
  }
}
