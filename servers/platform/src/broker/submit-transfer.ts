import type { Transfer } from '@paddock/broker-sdk'
import { assert } from '@paddock/kernel'
import type { AccountId } from '../applications/brokerage-account.ts'
import type { PlatformContext } from '../context.ts'
import { usdOf } from '../decimal.ts'
import type { Call, Intent } from '../intents/intent.ts'
import { listClaimed } from '../intents/intent-store.ts'

export interface TransferAsked {
  readonly relationshipId: string
  readonly direction: 'INCOMING' | 'OUTGOING'
  /** With two decimals. */
  readonly amount: string
}

const SKEW = { seconds: 5 }
const PAGE = 100
const MOST_PAGES = 50

/**
 * Moves money over ACH. The vendor has no key for it, so an unknown outcome is looked for by what it must
 * look like; ours heeds the key as well, which makes asking again safe even while the first is under way.
 */
export const submitTransfer: Call<TransferAsked, Transfer> = {
  kind: 'transfer',
  isSecret: false,
  resendSeconds: 3_600,

  send: ({ broker }, intent, { relationshipId, direction, amount }) =>
    broker.transfers.create(
      accountIdOf(intent),
      { transfer_type: 'ach', relationship_id: relationshipId, direction, amount },
      { idempotencyKey: intent.brokerKey },
    ),

  async find(ctx, intent, request) {
    const { brokerId } = intent
    if (brokerId !== undefined) return findInList(ctx, accountIdOf(intent), ({ id }) => id === brokerId)
    return request === undefined ? undefined : findUnclaimed(ctx, intent, request)
  },
}

/** Pages through the account's transfers, newest first, until one fits or `isBefore` says that none will. */
export async function findInList(
  { broker }: PlatformContext,
  accountId: AccountId,
  fits: (transfer: Transfer) => boolean,
  isBefore: (transfer: Transfer) => boolean = () => false,
): Promise<Transfer | undefined> {
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const transfers = await broker.transfers.list(accountId, { limit: PAGE, offset: page * PAGE })
    const found = transfers.find(fits)
    if (found !== undefined) return found
    if (transfers.length < PAGE || transfers.some(isBefore)) return undefined
  }
  return undefined
}

async function findUnclaimed(
  ctx: PlatformContext,
  intent: Intent,
  request: TransferAsked,
): Promise<Transfer | undefined> {
  const notBefore = intent.askedAt.subtract(SKEW)
  const isBefore = ({ created_at }: Transfer) =>
    Temporal.Instant.compare(Temporal.Instant.from(created_at), notBefore) < 0
  const candidates: Transfer[] = []
  const collect = (transfer: Transfer) => {
    if (!isBefore(transfer) && looksLike(transfer, request)) candidates.push(transfer)
    return false
  }
  await findInList(ctx, accountIdOf(intent), collect, isBefore)
  const claimed = await listClaimed(
    ctx.db,
    'transfer',
    candidates.map(({ id }) => id),
  )
  // Of several the oldest: it is the nearest to the moment of asking.
  return candidates.filter(({ id }) => !claimed.has(id)).at(-1)
}

function looksLike(transfer: Transfer, { relationshipId, direction, amount }: TransferAsked): boolean {
  return (
    transfer.direction === direction &&
    transfer.relationship_id === relationshipId &&
    usdOf(transfer.amount) === usdOf(amount)
  )
}

function accountIdOf({ accountId }: Intent): AccountId {
  assert(accountId !== undefined, 'a transfer belongs to an account')
  return accountId
}
