import { createHash } from 'node:crypto'
import { BankRefused } from '../refusals.ts'

/** Where a client stands in the changes of one item, or of one account of it. */
export interface Cursor {
  /** What the client had when the run of pages began. */
  since: bigint
  /** Up to where the pages of this run have come. */
  reached: bigint
  /** The last change when the run began; null between runs. */
  head: bigint | null
}

export const BEGINNING: Cursor = { since: 0n, reached: 0n, head: null }

const FORM = /^(?<stream>[0-9a-f]{12})\.(?<since>\d{1,18})\.(?<reached>\d{1,18})\.(?<head>\d{1,18})?$/

/** Cursors of one stream do not fit another one. */
function streamOf(itemId: string, accountId: string | undefined): string {
  return createHash('sha256')
    .update(`${itemId}|${accountId ?? ''}`)
    .digest('hex')
    .slice(0, 12)
}

export function writeCursor(itemId: string, accountId: string | undefined, cursor: Cursor): string {
  const { since, reached, head } = cursor
  const text = `${streamOf(itemId, accountId)}.${since}.${reached}.${head ?? ''}`
  return Buffer.from(text).toString('base64')
}

export function readCursor(itemId: string, accountId: string | undefined, text: string): Cursor {
  const parts = FORM.exec(Buffer.from(text, 'base64').toString('utf8'))?.groups
  if (parts?.stream !== streamOf(itemId, accountId)) throw new BankRefused('cursor_unusable')
  const { since, reached, head } = parts
  return {
    since: BigInt(since ?? 0),
    reached: BigInt(reached ?? 0),
    head: head === undefined ? null : BigInt(head),
  }
}
