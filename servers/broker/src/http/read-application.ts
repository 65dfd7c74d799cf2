import type {
  ApplicationDocument,
  CreateAccountBody,
  UpdateAccountBody,
  UpdateTradingConfigurationsBody,
} from '@paddock/broker-wire'
import { profileFields } from '@paddock/broker-wire'
import type { Application, SubmittedDocument } from '../accounts/account.ts'
import { readContent } from '../accounts/document-content.ts'
import type { AccountEdit } from '../accounts/update-account.ts'
import type { JsonObject } from '../db/schema.ts'

export async function readApplication(body: CreateAccountBody): Promise<Application> {
  const { contact, identity, disclosures, agreements, minor_identity, beneficiaries, trusted_contact } = body
  const { account_sub_type, primary_account_holder_id, entity_id } = body
  const { tax_id, ...identityWithoutTaxId } = identity
  return {
    accountType: body.account_type ?? 'trading',
    emailAddress: contact.email_address,
    dateOfBirth: Temporal.PlainDate.from(identity.date_of_birth),
    taxId: tax_id || undefined,
    furtherTaxIds: readFurtherTaxIds(body),
    enabledAssets: readEnabledAssets(body),
    additionalInformation: body.additional_information ?? undefined,
    documents: await Promise.all((body.documents ?? []).map(readDocument)),
    tradingConfigurations: readTradingConfigurations(body.trading_configurations),
    parts: {
      contact: withoutNulls(contact),
      identity: withoutNulls(identityWithoutTaxId),
      disclosures: readDisclosures(disclosures),
      agreements: agreements.map(readAgreement),
      ...(trusted_contact == null ? {} : { trusted_contact: withoutNulls(flattenStreet(trusted_contact)) }),
      ...(minor_identity == null ? {} : { minor_identity: withoutTaxId(minor_identity) }),
      ...(beneficiaries == null ? {} : { beneficiaries: beneficiaries.map(withoutTaxId) }),
      ...withoutNulls({ account_sub_type, primary_account_holder_id, entity_id }),
      ...readProfile(body),
    },
  }
}

/** Null and what is missing stay as they are. */
export function readEdit(body: UpdateAccountBody): AccountEdit {
  const { contact, identity, disclosures, trusted_contact, beneficiaries } = body
  const { tax_id, ...identityWithoutTaxId } = identity ?? {}
  return {
    taxId: tax_id || undefined,
    furtherTaxIds: readFurtherTaxIds(body),
    agreements: (body.agreements ?? []).map(readAgreement),
    enabledAssets: body.enabled_assets ?? undefined,
    tradingConfigurations: readTradingConfigurations(body.trading_configurations),
    parts: {
      ...(contact == null ? {} : { contact: withoutNulls(contact) }),
      ...(identity == null ? {} : { identity: withoutNulls(identityWithoutTaxId) }),
      ...(disclosures == null ? {} : { disclosures: readDisclosures(disclosures) }),
      ...(trusted_contact == null ? {} : { trusted_contact: withoutNulls(flattenStreet(trusted_contact)) }),
      ...(beneficiaries == null ? {} : { beneficiaries: beneficiaries.map(withoutTaxId) }),
      ...readProfile(body),
    },
  }
}

/** A structured form is kept as the JSON that it is. */
export async function readDocument(document: ApplicationDocument): Promise<SubmittedDocument> {
  const { document_type, document_sub_type, content, content_data } = document
  const form = content_data == null ? undefined : Buffer.from(JSON.stringify(withoutNulls(content_data)))
  return {
    documentType: document_type,
    documentSubType: document_sub_type ?? undefined,
    content:
      form === undefined
        ? content == null
          ? undefined
          : await readContent(content)
        : { bytes: form, mimeType: 'application/json' },
  }
}

export function readTradingConfigurations(
  body: UpdateTradingConfigurationsBody | null | undefined,
): JsonObject | undefined {
  return body == null ? undefined : withoutNulls(body)
}

/** Who signs the crypto agreement and says nothing else wants crypto: the vendor's own sample does that. */
function readEnabledAssets({
  account_type,
  enabled_assets,
  agreements,
}: CreateAccountBody): readonly string[] {
  if (enabled_assets != null) return [...new Set(enabled_assets)]
  const hasSignedCrypto = agreements.some(({ agreement }) => agreement === 'crypto_agreement')
  return hasSignedCrypto && account_type !== 'ira' ? ['us_equity', 'crypto'] : ['us_equity']
}

/** The revisions that somebody signs who names none (contracts/alpaca/accounts.md §1). */
const ACTIVE_REVISION = '24.2026.01'

function readAgreement(agreement: NonNullable<UpdateAccountBody['agreements']>[number]): JsonObject {
  return { ...withoutNulls(agreement), revision: agreement.revision ?? ACTIVE_REVISION }
}

function readDisclosures(disclosures: NonNullable<UpdateAccountBody['disclosures']>): JsonObject {
  const { context } = disclosures
  return {
    ...withoutNulls(disclosures),
    ...(context == null ? {} : { context: context.map(withoutNulls) }),
  }
}

/** Interest on cash and lending of shares are not in force at once (contracts/alpaca/accounts.md §1). */
function readProfile(body: CreateAccountBody | UpdateAccountBody): JsonObject {
  const { cash_interest, fpsl } = body
  const told = withoutNulls(Object.fromEntries(profileFields.map((name) => [name, body[name]])))
  return {
    ...told,
    ...(cash_interest == null
      ? {}
      : { cash_interest: { USD: { ...cash_interest.USD, status: 'PENDING_CHANGE' } } }),
    ...(fpsl == null ? {} : { fpsl: { US: { ...fpsl.US, status: 'PENDING_CHANGE' } } }),
  }
}

function readFurtherTaxIds(body: {
  minor_identity?: CreateAccountBody['minor_identity']
  beneficiaries?: CreateAccountBody['beneficiaries']
}): JsonObject | undefined {
  const minor = body.minor_identity?.tax_id ?? null
  const beneficiaries = (body.beneficiaries ?? []).map(({ tax_id }) => tax_id ?? null)
  const hasAny = minor !== null || beneficiaries.some((taxId) => taxId !== null)
  return hasAny ? { minor, beneficiaries } : undefined
}

const withoutTaxId = ({ tax_id: _taxId, ...person }: { tax_id?: string | null | undefined }) =>
  withoutNulls(person)

/** Requests bring the street as lines, the vendor's client reads one line (contracts/alpaca/accounts.md §2). */
function flattenStreet<Contact extends { street_address?: string[] | string | null | undefined }>(
  contact: Contact,
) {
  const { street_address: street } = contact
  return { ...contact, street_address: Array.isArray(street) ? street.join(', ') : street }
}

export function withoutNulls(part: object): JsonObject {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value != null))
}
