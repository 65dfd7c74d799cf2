import type {
  CreateJournalBatchBody,
  CreateJournalBody,
  CreateReverseJournalBatchBody,
  JournalBody,
} from '@paddock/broker-wire'
import {
  formatPrice,
  formatQuantity,
  parseQuantity,
  parseUsd,
  type QuantityNano,
  trimmedUsd,
  type UsdMinor,
} from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { findAsset } from '../assets/asset.ts'
import type { BrokerContext } from '../context.ts'
import type { JsonObject } from '../db/schema.ts'
import { type Journal, JournalRejected, type Moved } from '../journals/journal.ts'
import type { JournalWish } from '../journals/request-journals.ts'
import { quoteOf } from '../market/market.ts'
import { WireRefused } from './wire-error.ts'

type Context = Pick<BrokerContext, 'clock' | 'config'>

/** What a shape cannot say: cash has an amount, shares have a symbol and a quantity. */
export function readJournal(ctx: Context, body: CreateJournalBody): JournalWish {
  return {
    from: body.from_account as AccountId,
    to: body.to_account as AccountId,
    moved: body.entry_type === 'JNLC' ? readCash(body) : readShares(ctx, body),
    description: body.description ?? '',
    travelRule: readTravelRule(body),
  }
}

export function readBatch(body: CreateJournalBatchBody): JournalWish[] {
  return body.entries.map((entry, index) =>
    readEntry(body, entry, index, body.from_account, entry.to_account),
  )
}

export function readReverseBatch(body: CreateReverseJournalBatchBody): JournalWish[] {
  return body.entries.map((entry, index) =>
    readEntry(body, entry, index, entry.from_account, body.to_account),
  )
}

type Entry = CreateJournalBatchBody['entries'][number] | CreateReverseJournalBatchBody['entries'][number]

function readEntry(
  batch: { description?: string | null | undefined },
  entry: Entry,
  index: number,
  from: string,
  to: string,
): JournalWish {
  return {
    from: from as AccountId,
    to: to as AccountId,
    moved: { entryType: 'JNLC', amountMinor: readJournalAmount(entry.amount, { entry: index }) },
    description: entry.description ?? batch.description ?? '',
    travelRule: readTravelRule(entry),
  }
}

function readCash({ amount, symbol, qty }: CreateJournalBody): Moved {
  if (amount == null) throw refuse('amount is required for JNLC')
  if (symbol || qty != null) throw refuse('symbol and qty are for JNLS only')
  return { entryType: 'JNLC', amountMinor: readJournalAmount(amount) }
}

function readShares({ clock, config }: Context, { amount, symbol, qty }: CreateJournalBody): Moved {
  if (!symbol || qty == null) throw refuse(`${symbol ? 'qty' : 'symbol'} is required for JNLS`)
  if (amount != null) throw refuse('amount is for JNLC only')
  const asset = findAsset(symbol)
  if (asset?.assetClass !== 'us_equity') throw new JournalRejected('journal_asset_not_found', { symbol })
  const quantityNano = readJournalQuantity(qty)
  if (!asset.fractionable && quantityNano % 1_000_000_000n !== 0n) {
    throw new JournalRejected('journal_asset_not_fractionable', { symbol })
  }
  const priceMicro = quoteOf(config, asset, clock.now()).lastMicro
  return { entryType: 'JNLS', symbol: asset.symbol, quantityNano, priceMicro }
}

export function readJournalAmount(text: string, details: { entry?: number } = {}): UsdMinor {
  const minor = parseUsd(text)
  if (minor === undefined || minor <= 0n) throw new JournalRejected('journal_amount_invalid', details)
  return minor
}

export function readJournalQuantity(text: string): QuantityNano {
  const nano = parseQuantity(text)
  if (nano === undefined || nano <= 0n) throw new JournalRejected('journal_quantity_invalid')
  return nano
}

const travelRuleFields = [
  'transmitter_name',
  'transmitter_account_number',
  'transmitter_address',
  'transmitter_financial_institution',
  'transmitter_timestamp',
  'transmitter_info',
] as const

function readTravelRule(body: Partial<Record<(typeof travelRuleFields)[number], unknown>>): JsonObject {
  const said = travelRuleFields.filter((field) => body[field] != null && body[field] !== '')
  return Object.fromEntries(said.map((field) => [field, body[field]])) as JsonObject
}

/** The caller's name for the request; `undefined` when it brings none. */
export function readJournalKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (typeof header === 'string' && /^[\x21-\x7e]{1,128}$/.test(header)) return header
  throw refuse('Idempotency-Key must have 1 to 128 printable characters')
}

const refuse = (message: string) => new WireRefused(422, 40010001, message)

export function presentJournal(journal: Journal): JournalBody {
  const { moved } = journal
  const bookedOn = journal.settlesOn?.toString() ?? null
  return {
    id: journal.id,
    entry_type: moved.entryType,
    from_account: journal.from,
    to_account: journal.to,
    // The vendor's client cannot read `activity_created` (contracts/alpaca/journals.md §2).
    status: journal.status === 'activity_created' ? 'executed' : journal.status,
    ...presentMoved(moved),
    currency: 'USD',
    description: journal.description,
    settle_date: bookedOn,
    system_date: bookedOn,
    created_at: journal.createdAt.toString(),
    ...journal.travelRule,
  }
}

function presentMoved(moved: Moved) {
  return moved.entryType === 'JNLC'
    ? { symbol: null, qty: null, price: null, net_amount: trimmedUsd(moved.amountMinor) }
    : {
        symbol: moved.symbol,
        qty: formatQuantity(moved.quantityNano),
        price: formatPrice(moved.priceMicro),
        net_amount: null,
      }
}
