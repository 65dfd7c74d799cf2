import type { Transfer as TransferBody } from '@paddock/platform-wire'
import { AccountRefused } from '../applications/account-refused.ts'
import type { BrokerageAccount } from '../applications/brokerage-account.ts'
import type { Transfer } from '../broker/client.ts'
import { findInList } from '../broker/submit-transfer.ts'
import type { PlatformContext } from '../context.ts'
import { findIntent, findIntentByBrokerId, listIntents } from '../intents/intent-store.ts'
import { presentIntent, presentTransfer } from './present-transfer.ts'

const MOST = 500

/** All that the broker knows of, and what we wanted but it does not have; newest first. */
export async function listTransfers(
  ctx: PlatformContext,
  account: BrokerageAccount,
): Promise<TransferBody[]> {
  const [transfers, intents] = await Promise.all([
    ctx.broker.transfers.list(account.id, { limit: MOST }),
    listIntents(ctx.db, account.id, 'transfer', MOST),
  ])
  const intentIds = new Map(intents.map(({ brokerId, id }) => [brokerId, id]))
  return [
    ...transfers.map((transfer) => presentTransfer(transfer, intentIds.get(transfer.id))),
    ...intents.filter(({ state }) => state !== 'accepted').map(presentIntent),
  ].sort((a, b) => compareText(b.requested_at, a.requested_at))
}

/** Calls a transfer back while no file holds it. Doing so again answers the same. */
export async function cancelTransfer(
  ctx: PlatformContext,
  account: BrokerageAccount,
  id: string,
): Promise<TransferBody> {
  const { transfer, intentId } = await findTransfer(ctx, account, id)
  if (transfer.status !== 'CANCELED') await ctx.broker.transfers.cancel(account.id, transfer.id)
  const after = await findInList(ctx, account.id, (other) => other.id === transfer.id)
  return presentTransfer(after ?? transfer, intentId)
}

/** By the id of whoever asked, or by the broker's. */
async function findTransfer(
  ctx: PlatformContext,
  account: BrokerageAccount,
  id: string,
): Promise<{ transfer: Transfer; intentId: string }> {
  const intent =
    (await findIntent(ctx.db, account.userId, id)) ??
    (await findIntentByBrokerId(ctx.db, account.userId, 'transfer', id))
  const brokerId = intent === undefined ? id : intent.brokerId
  const isTransfer = intent === undefined || intent.kind === 'transfer'
  const transfer =
    brokerId === undefined || !isTransfer
      ? undefined
      : await findInList(ctx, account.id, (other) => other.id === brokerId)
  if (transfer === undefined) throw new AccountRefused('not_found')
  return { transfer, intentId: intent?.id ?? transfer.id }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
