import {
  AccountBody,
  AccountPath,
  accountEntities,
  CreateAccountBody,
  ListAccountsQuery,
} from '@paddock/broker-wire'
import { newId } from '@paddock/kernel'
import { trimmedUsd } from '@paddock/money'
import { z } from 'zod'
import type { Account, AccountId, Application } from '../accounts/account.ts'
import { type AccountFilter, getAccount, listAccounts } from '../accounts/account-store.ts'
import { createAccount } from '../accounts/create-account.ts'
import { readLastEquities } from '../accounts/equity.ts'
import type { JsonObject } from '../db/schema.ts'
import { readMoment } from './moment.ts'
import type { BrokerRoutes } from './routes.ts'

export const accountRoutes: BrokerRoutes = async (app, { ctx }) => {
  app.post(
    '/v1/accounts',
    { schema: { body: CreateAccountBody, response: { 200: AccountBody } } },
    async ({ body }) => {
      const account = await createAccount(ctx, readApplication(body, ctx.clock.now()))
      return presentAccount(account, undefined, '0')
    },
  )

  app.get(
    '/v1/accounts',
    { schema: { querystring: ListAccountsQuery, response: { 200: z.array(AccountBody) } } },
    async ({ query }) => {
      const accounts = await listAccounts(ctx.db, readFilter(query))
      const equities = await readLastEquities(
        ctx,
        ctx.db,
        accounts.map(({ id }) => id),
      )
      return accounts.map((account) =>
        presentAccount(account, query.entities, trimmedUsd(equities.get(account.id) ?? 0n)),
      )
    },
  )

  app.get(
    '/v1/accounts/:account_id',
    { schema: { params: AccountPath, response: { 200: AccountBody } } },
    async ({ params }) => {
      const account = await getAccount(ctx.db, params.account_id as AccountId)
      const equities = await readLastEquities(ctx, ctx.db, [account.id])
      return presentAccount(account, undefined, trimmedUsd(equities.get(account.id) ?? 0n))
    },
  )
}

function readApplication(body: CreateAccountBody, now: Temporal.Instant): Application {
  const { contact, identity, disclosures, agreements, documents, trusted_contact } = body
  const { tax_id, ...identityWithoutTaxId } = identity
  const enabledAssets = readEnabledAssets(body)
  return {
    emailAddress: contact.email_address,
    dateOfBirth: Temporal.PlainDate.from(identity.date_of_birth),
    taxId: tax_id || undefined,
    enabledAssets,
    hasDisclosure:
      disclosures.is_control_person ||
      disclosures.is_affiliated_exchange_or_finra ||
      disclosures.is_politically_exposed ||
      disclosures.immediate_family_exposed,
    searchText: [
      contact.email_address,
      contact.phone_number,
      contact.phone_number?.replace(/\D/g, ''),
      identity.given_name,
      identity.middle_name,
      identity.family_name,
    ]
      .filter(Boolean)
      .join('\n'),
    additionalInformation: body.additional_information ?? undefined,
    parts: {
      contact: withoutNulls(contact),
      identity: withoutNulls(identityWithoutTaxId),
      disclosures: withoutNulls(disclosures),
      agreements: agreements.map(withoutNulls),
      documents: (documents ?? []).map(({ content: _content, ...document }) => ({
        id: newId(),
        ...withoutNulls(document),
        created_at: now.toString(),
      })),
      ...(trusted_contact == null ? {} : { trusted_contact: withoutNulls(flattenStreet(trusted_contact)) }),
    },
  }
}

/** Who signs the crypto agreement and says nothing else wants crypto: the vendor's own sample does that. */
function readEnabledAssets({ enabled_assets, agreements }: CreateAccountBody): readonly string[] {
  if (enabled_assets != null) return [...new Set(enabled_assets)]
  const hasSignedCrypto = agreements.some(({ agreement }) => agreement === 'crypto_agreement')
  return hasSignedCrypto ? ['us_equity', 'crypto'] : ['us_equity']
}

/** Requests bring the street as lines, the vendor's client reads one line (contracts/alpaca/accounts.md §2). */
function flattenStreet<Contact extends { street_address?: string[] | string | null | undefined }>(
  contact: Contact,
) {
  const { street_address: street } = contact
  return { ...contact, street_address: Array.isArray(street) ? street.join(', ') : street }
}

function withoutNulls(part: object): JsonObject {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value != null))
}

function readFilter(query: ListAccountsQuery): AccountFilter {
  return {
    words: (query.query ?? '').split(/\s+/).filter(Boolean).slice(0, 10),
    createdAfter: query.created_after === undefined ? undefined : readMoment(query.created_after),
    createdBefore: query.created_before === undefined ? undefined : readMoment(query.created_before),
    statuses: query.status ?? [],
    sort: query.sort ?? 'desc',
  }
}

type Entity = (typeof accountEntities)[number]

/** All parts unless the caller chose; empty parts are left out, because the vendor's client takes no null. */
function presentAccount(
  account: Account,
  wanted: readonly Entity[] | undefined,
  lastEquity: string,
): AccountBody {
  const parts = Object.fromEntries(
    accountEntities
      .filter((entity) => wanted === undefined || wanted.includes(entity))
      .filter((entity) => account.parts[entity] !== undefined)
      .map((entity) => [entity, account.parts[entity]]),
  )
  return {
    ...parts,
    id: account.id,
    account_number: account.accountNumber,
    status: account.status,
    crypto_status: account.cryptoStatus,
    currency: account.currency,
    last_equity: lastEquity,
    created_at: account.createdAt.toString(),
    // The vendor's client knows no type for the firm's own account.
    ...(account.accountType === 'firm' ? {} : { account_type: account.accountType }),
    trading_type: 'cash',
    enabled_assets: [...account.enabledAssets],
    ...(account.kycResults === undefined ? {} : { kyc_results: account.kycResults }),
  }
}
