import { newYorkDate } from '@paddock/calendar'
import { parseUsd } from '@paddock/money'
import type { AccountId } from '../accounts/account.ts'
import { getAccount } from '../accounts/account-store.ts'
import { findOwnerDocumentFile, listOwnerDocuments } from '../accounts/owner-document-store.ts'
import type { BrokerContext } from '../context.ts'
import type { Tx } from '../db/database.ts'

/** What is held back from dividends to people who pay their taxes elsewhere (contracts/alpaca/corporate-actions.md §4). */
const FULL_BASIS_POINTS = 3_000n

/** A form is good for this long. */
const FORM_YEARS = 3

/**
 * The part of a dividend that is held back for taxes, in hundredths of a percent: none at home, thirty percent
 * abroad, or the rate that the latest valid W-8BEN claims, if that is lower.
 */
export async function withholdingRate(ctx: BrokerContext, tx: Tx, accountId: AccountId): Promise<bigint> {
  const { parts } = await getAccount(tx, accountId)
  const country = fieldOf(parts.identity, 'country_of_tax_residence')
  if (typeof country !== 'string' || country === 'USA') return 0n
  const claimed = await claimedRate(ctx, tx, accountId)
  return claimed !== undefined && claimed < FULL_BASIS_POINTS ? claimed : FULL_BASIS_POINTS
}

async function claimedRate(
  { cipher, clock }: BrokerContext,
  tx: Tx,
  accountId: AccountId,
): Promise<bigint | undefined> {
  const oldest = newYorkDate(clock.now()).subtract({ years: FORM_YEARS })
  const papers = (await listOwnerDocuments(tx, [accountId])).get(accountId) ?? []
  const form = papers.findLast(
    ({ documentType, mimeType, createdAt }) =>
      documentType === 'w8ben' &&
      mimeType === 'application/json' &&
      Temporal.PlainDate.compare(newYorkDate(createdAt), oldest) >= 0,
  )
  if (form === undefined) return undefined
  const file = await findOwnerDocumentFile(tx, cipher, accountId, form.id)
  return file && readRate(file.bytes)
}

/** A percentage with at most two decimals; a form that says something else claims nothing. */
function readRate(bytes: Buffer): bigint | undefined {
  try {
    const percent = fieldOf(JSON.parse(bytes.toString('utf8')), 'percent_rate_withholding')
    const basisPoints = parseUsd(String(percent))
    return basisPoints !== undefined && basisPoints >= 0n ? basisPoints : undefined
  } catch {
    return undefined
  }
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}
