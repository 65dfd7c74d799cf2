import type { ItemBody } from '@paddock/bank-wire'
import { assert } from '@paddock/kernel'
import { findInstitution } from '../institutions/catalog.ts'
import type { Item } from '../items/item.ts'
import { isByHand } from '../verification/verification-status.ts'
import { wireErrors } from './errors.ts'
import { presentError } from './wire-error.ts'

/** The item beside accounts: its error is told only by `/item/get`. */
export function presentItem(item: Item): ItemBody {
  const institution = findInstitution(item.institutionId)
  assert(institution !== undefined, 'an item is of an institution of the catalog')
  const byHand = isByHand(item.authMethod)
  const sold = byHand ? item.products : institution.products.filter((product) => product !== 'balance')
  return {
    item_id: item.id,
    institution_id: byHand ? null : institution.id,
    institution_name: byHand ? null : institution.name,
    webhook: item.webhook,
    auth_method: item.authMethod,
    error: null,
    available_products: sold.filter((product) => !item.products.includes(product)),
    billed_products: [...item.products],
    products: [...item.products],
    consented_products: [...(item.consentedProducts ?? sold)],
    consent_expiration_time: item.consentExpiresAt === null ? null : presentInstant(item.consentExpiresAt),
    update_type: 'background',
  }
}

const dataScopes: Readonly<Record<string, string>> = {
  auth: 'account_routing_number',
  identity: 'contact_info',
  transactions: 'transactions',
  investments: 'investments',
  liabilities: 'credit_loan_info',
  statements: 'bank_statements',
  signal: 'risk_info',
}

export function presentItemWithConsent(item: Item) {
  const body = presentItem(item)
  return {
    ...body,
    error: item.loginRequired ? presentError(wireErrors.login_required) : null,
    created_at: presentInstant(item.createdAt),
    consented_use_cases: ['Send and receive money'],
    consented_data_scopes: [
      'account_balance_info',
      ...body.consented_products.flatMap((product) => dataScopes[product] ?? []),
    ],
  }
}

export function presentInstant(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' })
}
