import { type AccountBody, accountEntities, profileFields } from '@paddock/broker-wire'
import type { Account, OwnerDocument } from '../accounts/account.ts'
import { withDefaults } from '../accounts/trading-configurations.ts'
import type { JsonObject } from '../db/schema.ts'

type Entity = (typeof accountEntities)[number]

/** Facts beside the parts, which no list of entities leaves out. */
const alwaysTold = [
  ...profileFields,
  'account_sub_type',
  'primary_account_holder_id',
  'entity_id',
  'minor_identity',
  'beneficiaries',
]

/** All parts unless the caller chose; empty parts are left out, because the vendor's client takes no null. */
export function presentAccount(
  account: Account,
  wanted: readonly Entity[] | undefined,
  lastEquity: string,
): AccountBody {
  const known: JsonObject = {
    ...account.parts,
    documents: account.documents.map(presentOwnerDocument),
    ...(account.tradingConfigurations === undefined
      ? {}
      : { trading_configurations: withDefaults(account.tradingConfigurations) }),
  }
  const entities = accountEntities.filter((entity) => wanted === undefined || wanted.includes(entity))
  return {
    ...pick(known, alwaysTold),
    ...pick(known, entities),
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

const pick = (parts: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.filter((name) => parts[name] !== undefined).map((name) => [name, parts[name]]))

/** The vendor's client fails on any other; those are told in the sub type (contracts/alpaca/accounts.md §5). */
const typesForClients = [
  'account_approval_letter',
  'address_verification',
  'date_of_birth_verification',
  'identity_verification',
  'tax_id_verification',
  'w8ben',
]

function presentOwnerDocument(document: OwnerDocument): JsonObject {
  const isKnown = typesForClients.includes(document.documentType)
  const subType = document.documentSubType ?? (isKnown ? undefined : document.documentType)
  return {
    id: document.id,
    document_type: isKnown ? document.documentType : null,
    ...(subType === undefined ? {} : { document_sub_type: subType }),
    ...(document.mimeType === undefined ? {} : { mime_type: document.mimeType }),
    created_at: document.createdAt.toString(),
  }
}
