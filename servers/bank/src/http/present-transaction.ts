import type { TransactionBody } from '@paddock/bank-wire'
import { legacyCategoryOf } from '../categories/legacy.ts'
import { categoryIn, type TaxonomyVersion } from '../categories/personal-finance.ts'
import type { Method } from '../living/routine.ts'
import { findMerchant, type Merchant } from '../merchants/catalog.ts'
import { merchantEntityIdOf, transactionIdOf } from '../transactions/feed-item.ts'
import type { ToldTransaction } from '../transactions/told-transaction.ts'
import { presentMinor } from './present-account.ts'

type Channel = Pick<TransactionBody, 'payment_channel' | 'transaction_type' | 'transaction_code'>

const other = { payment_channel: 'other', transaction_type: 'special' } as const
const channels: Readonly<Record<Method, Channel>> = {
  in_store: { payment_channel: 'in store', transaction_type: 'place', transaction_code: null },
  online: { payment_channel: 'online', transaction_type: 'digital', transaction_code: null },
  refund: { ...other, transaction_code: 'refund' },
  atm: { ...other, transaction_code: 'atm' },
  transfer: { ...other, transaction_code: 'transfer' },
  interest: { ...other, transaction_code: 'interest' },
  fee: { ...other, transaction_code: 'bank charge' },
  ach: { ...other, transaction_code: null },
  manual: { ...other, transaction_code: null },
}

export interface Shown {
  version: TaxonomyVersion
  hasOriginal: boolean
}

/** A transaction on the wire: what the account loses is above zero there. */
export function presentTransaction(told: ToldTransaction, { version, hasOriginal }: Shown): TransactionBody {
  const merchant = told.merchantId === null ? undefined : findMerchant(told.merchantId)
  const legacy = legacyCategoryOf(told.category)
  return {
    transaction_id: told.transactionId,
    account_id: told.accountId,
    account_owner: null,
    amount: presentMinor(-told.amountMinor),
    iso_currency_code: told.currency,
    unofficial_currency_code: null,
    date: told.date.toString(),
    datetime: null,
    authorized_date: told.authorizedOn?.toString() ?? null,
    authorized_datetime: null,
    name: told.name,
    merchant_name: merchant?.name ?? null,
    merchant_entity_id: merchant === undefined ? null : merchantEntityIdOf(merchant.id),
    logo_url: null,
    website: merchant === undefined ? null : websiteOf(merchant),
    ...(hasOriginal ? { original_description: told.name } : {}),
    check_number: null,
    pending: told.isPending,
    pending_transaction_id: told.pendingId === null ? null : transactionIdOf(told.accountId, told.pendingId),
    ...channels[told.method],
    payment_meta: presentMeta(told, merchant),
    category: legacy === undefined ? null : [...legacy.hierarchy],
    category_id: legacy?.id ?? null,
    personal_finance_category: {
      ...categoryIn(told.category, version),
      confidence_level: told.confidence,
      version,
    },
    location: presentPlace(told.method === 'in_store' ? merchant : undefined),
    counterparties: merchant === undefined ? [] : [presentCounterparty(merchant, told.confidence)],
  }
}

function presentMeta({ method, amountMinor, name }: ToldTransaction, merchant: Merchant | undefined) {
  const isAch = method === 'ach'
  return {
    reference_number: null,
    ppd_id: null,
    payee: isAch && amountMinor < 0n ? (merchant?.name ?? name) : null,
    by_order_of: null,
    payer: isAch && amountMinor > 0n ? (merchant?.name ?? name) : null,
    payment_method: isAch ? 'ACH' : null,
    payment_processor: null,
    reason: null,
  }
}

function presentPlace(merchant: Merchant | undefined): TransactionBody['location'] {
  const place = merchant?.place ?? undefined
  return {
    address: place?.address ?? null,
    city: place?.city ?? null,
    region: place?.region ?? null,
    postal_code: place?.postalCode ?? null,
    country: place === undefined ? null : 'US',
    lat: place?.lat ?? null,
    lon: place?.lon ?? null,
    store_number: place?.storeNumber ?? null,
  }
}

function presentCounterparty(merchant: Merchant, confidence: string) {
  const { id, name, type } = merchant
  return {
    name,
    type,
    website: websiteOf(merchant),
    logo_url: null,
    entity_id: merchantEntityIdOf(id),
    confidence_level: confidence,
  }
}

const websiteOf = ({ id }: Merchant) => `${id}.example`
