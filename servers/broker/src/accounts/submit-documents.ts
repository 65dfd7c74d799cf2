import type { BrokerContext } from '../context.ts'
import { transact } from '../db/transact.ts'
import type { AccountId, SubmittedDocument } from './account.ts'
import { lockAccount } from './account-store.ts'
import { insertOwnerDocuments } from './owner-document-store.ts'
import { beginReview } from './review-account.ts'

/** Takes papers of the owner, all of them or none. An account that waited for them is reviewed. */
export async function submitDocuments(
  ctx: BrokerContext,
  accountId: AccountId,
  documents: readonly SubmittedDocument[],
): Promise<void> {
  await transact(ctx, async (tx) => {
    const account = await lockAccount(tx, accountId)
    const now = ctx.clock.now()
    await insertOwnerDocuments(tx, ctx.cipher, accountId, documents, now)
    const subTypes = documents.map(({ documentSubType }) => documentSubType)
    await beginReview(tx, account, subTypes, now)
  })
}
